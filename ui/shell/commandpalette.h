#pragma once

#include "shell/commands.h"

#include <QFrame>

class QLineEdit;
class QListWidget;

namespace headrace::ui {

/** Every action of the window by name: type a part of it, Enter does it. Lies over the window; Esc or a
    click elsewhere closes it. */
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    void open(const QList<Command> &commands);

    int count() const; ///< Commands that match.
    QString textAt(int row) const;

Q_SIGNALS:
    /// The palette is closed already; the focus is where it was before.
    void chosen(const headrace::ui::Command &command);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void showMatches();
    void choose();
    void close();

    QList<Command> m_commands;
    QList<Command> m_matches;
    QPointer<QWidget> m_focusBefore;
    QLineEdit *m_query;
    QListWidget *m_list;
};

} // namespace headrace::ui
