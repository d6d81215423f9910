#pragma once

#include "inspector/exchangefacts.h"

#include <QWidget>

namespace headrace::ui {

/// The exchange in one line; the target gives way when there is no room, all is in the tool tip.
class HeadlineBar : public QWidget
{
    Q_OBJECT

public:
    explicit HeadlineBar(QWidget *parent = nullptr);

    void setHeadline(const Headline &headline);
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    Headline m_headline;
};

} // namespace headrace::ui
