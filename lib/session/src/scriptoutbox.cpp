#include "scriptoutbox_p.h"

#include <QDir>

namespace headrace::session {

namespace {

// Of the same piece of output, said in one go.
bool belongsTo(const ScriptMessage &message, const ScriptMessage &last)
{
    using Kind = ScriptMessage::Kind;
    return message.kind == last.kind && message.origin == last.origin
        && (message.kind == Kind::Output || message.kind == Kind::Error)
        && last.time.msecsTo(message.time) <= 1;
}

} // namespace

QString untitledScriptPath() { return QDir::home().filePath(QStringLiteral("untitled.js")); }

ScriptOutbox::ScriptOutbox(std::function<void()> wake)
    : m_wake(std::move(wake))
{
}

void ScriptOutbox::add(const ScriptMessage &message)
{
    bool wakes = false;
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_messages.isEmpty() && belongsTo(message, m_messages.last()))
            m_messages.last().text += message.text;
        else
            m_messages.append(message);
        m_size += message.text.size();
        shorten();
        wakes = !std::exchange(m_isWaked, true);
    }
    if (wakes)
        m_wake();
}

void ScriptOutbox::shorten()
{
    while (m_size > Limit && m_messages.size() > 1) {
        const qsizetype size = m_messages.first().text.size();
        m_size -= size;
        m_leftOut += size;
        m_messages.removeFirst();
    }
    if (m_size > Limit) {
        QString &text = m_messages.first().text;
        const qsizetype excess = m_size - Limit / 2;
        text.remove(0, excess);
        m_size -= excess;
        m_leftOut += excess;
    }
}

QList<ScriptMessage> ScriptOutbox::take()
{
    const QMutexLocker lock(&m_mutex);
    QList<ScriptMessage> messages = std::exchange(m_messages, {});
    if (m_leftOut > 0 && !messages.isEmpty()) {
        ScriptMessage note;
        note.kind = ScriptMessage::Kind::Note;
        note.time = messages.first().time;
        note.text = QStringLiteral("… %1 characters left out: more was said than can be shown")
                        .arg(m_leftOut);
        messages.prepend(note);
    }
    m_size = 0;
    m_leftOut = 0;
    m_isWaked = false;
    return messages;
}

} // namespace headrace::session
