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
    FieldModel *fields() const;
    void fitColumns(); ///< After the remarks of the model have changed, too.

    void showField(int row); ///< Selects it without fieldSelected(); -1: none.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fieldSelected(int row); ///< By the user; -1: none.
    void rawRequested(); ///< By double click, Enter or menu: the octets of what is selected.

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QString selectedLines() const;

    FieldModel *m_model;
    bool m_isShowing = false; ///< The selection follows someone else.
};

} // namespace headrace::ui
