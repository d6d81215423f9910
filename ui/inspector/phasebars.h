#pragma once

#include "inspector/timingfacts.h"

#include <QWidget>

namespace headrace::ui {

/// The phases of an exchange as bars on one time line, each with its length in figures.
class PhaseBars : public QWidget
{
    Q_OBJECT

public:
    explicit PhaseBars(QWidget *parent = nullptr);

    void setPhases(const QList<Phase> &phases);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;

    QList<Phase> m_phases;
};

} // namespace headrace::ui
