#pragma once

#include <session/scriptmessage.h>

#include <QList>
#include <QObject>

namespace headrace::ui {

/// One line of a console.
struct ConsoleLine
{
    session::ScriptMessage::Kind kind = session::ScriptMessage::Kind::Output;
    QDateTime time;
    QString origin;
    QString text;
    bool isContinued = false; ///< Of the same message as the line before: a stack.

    /// Where an error was thrown or called, if the line says so. file is empty without.
    QString file;
    mock::Script script; ///< Which one failed.
    int line = -1;
    int column = -1;
    qsizetype placeBegin = 0; ///< Which part of the text names the place.
    qsizetype placeLength = 0;
};

/// What scripts have said, in lines; bounded: the oldest go.
class ConsoleLog : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MostLines = 5000;
    static constexpr qsizetype LongestLine
        = 4000; ///< Unit: characters; the rest is left out, and marked so.

    using QObject::QObject;

    void add(const QList<session::ScriptMessage> &messages);
    void clear();

    const QList<ConsoleLine> &lines() const;

Q_SIGNALS:
    /// Lines from \a first on are new or changed; before that, \a removed lines went at the top.
    void changed(qsizetype removed, qsizetype first);
    void cleared();

private:
    void add(const session::ScriptMessage &message);
    void append(const session::ScriptMessage &message, const QString &text, bool isContinued);

    QList<ConsoleLine> m_lines;
    bool m_isOpen = false; ///< The last line has no end yet.
};

} // namespace headrace::ui
