#pragma once

#include "shell/commands.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace headrace::ui {

/// All keys of the window: where, what, which. Opened with `?`.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(const QList<Command> &commands, QWidget *parent = nullptr);

    int count() const; ///< Keys that match the filter.

private:
    void filter(const QString &text);

    QLineEdit *m_filter;
    QTreeWidget *m_list;
};

} // namespace headrace::ui
