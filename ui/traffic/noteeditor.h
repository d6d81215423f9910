#pragma once

#include <QFrame>

class QLineEdit;

namespace headrace::ui {

/** A line to write a note in, over the list: Enter takes it, Esc and a click elsewhere leave it as it was.
    Its own little window, because rows under it come, go and move. Deletes itself when it is closed. */
class NoteEditor : public QFrame
{
    Q_OBJECT

public:
    /// \a place: what it should stand over; global.
    NoteEditor(const QString &note, const QString &hint, QWidget *parent);

    void open(const QRect &place);

Q_SIGNALS:
    void accepted(const QString &note);

private:
    QLineEdit *m_edit;
};

} // namespace headrace::ui
