#pragma once

#include <exchange/exchange.h>

#include <QTableView>

namespace headrace::ui {

class FieldModel;

/// Fields as they passed, to read and copy. As high as its rows: it scrolls with what it stands in.
class FieldTableView : public QTableView
{
    Q_OBJECT

public:
    static constexpr int RowHeight = 22;

    explicit FieldTableView(QWidget *parent = nullptr);

    void setFields(const exchange::FieldList &fields);
    const FieldModel *fields() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fieldSelected(int row); ///< -1: none.

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QString selectedLines() const;
    void fitNames();

    FieldModel *m_model;
};

} // namespace headrace::ui
