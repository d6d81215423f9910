#pragma once

#include <QTableView>

namespace headrace::ui {

/// A table that is read by rows: no grid and no frame, rows as high as a line of wire text, one of them selected. What it
/// differs by from others is set by its owner.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    static constexpr int LeastRowHeight = 22; // pixels

    explicit RowTable(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

    /// The font or the style is another: sizes are measured anew. Called once by who overrides it.
    virtual void fit();
};

} // namespace headrace::ui
