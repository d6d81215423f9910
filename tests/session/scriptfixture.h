#pragma once

#include <proxy/faketransit.h>
#include <proxy/rulebook.h>

#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

#include <proxyscripts_p.h>

#include <memory>

namespace headrace::session {

using namespace proxy;
using exchange::Direction;
using Kind = ScriptMessage::Kind;
using Verdict = Interceptor::Verdict;

constexpr int patience = 20'000; // milliseconds; only a fault takes so long

inline Rule rule(const RunScript &script, const char *name = "r", const char *filter = "")
{
    Rule result;
    result.id = result.name = QString::fromLatin1(name);
    result.filter = QString::fromLatin1(filter);
    result.action = script;
    return result;
}

/// Scripts of rules and what they say, for exchanges that need no proxy.
class ScriptFixture
{
protected:
    QTemporaryDir m_folder;
    std::unique_ptr<ScriptOutbox> m_outbox;
    std::unique_ptr<RunningScripts> m_running;
    std::unique_ptr<ProxyScripts> m_scripts;
    std::unique_ptr<RuleBook> m_book;
    QList<ScriptMessage> m_messages;

    void setRules(const QList<Rule> &rules)
    {
        m_book->setRules(rules);
        m_scripts->setRules(rules);
    }

    void useScript(const QByteArray &source, const char *filter = "")
    {
        setRules({ rule({ {}, QString::fromUtf8(source) }, "r", filter) });
    }

    QString write(const QString &name, const QByteArray &content)
    {
        QSaveFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0 || !file.commit())
            qFatal("cannot write");
        return file.fileName();
    }

    // All of one kind, by lines.
    QString said(Kind kind)
    {
        m_messages += m_outbox->take();
        QString text;
        for (const ScriptMessage &message : std::as_const(m_messages)) {
            if (message.kind == kind)
                text += message.text + u'\n';
        }
        return text;
    }

    /// A stage of all rules, to its end. False: it was decided.
    bool entered(FakeTransit &transit, Stage stage)
    {
        const int resumed = transit.resumed;
        if (m_book->intercept(transit, stage) == Verdict::Wait
            && !QTest::qWaitFor(
                [&] { return transit.resumed > resumed || transit.isDecided(); }, patience))
            qFatal("no answer");
        return !transit.isDecided();
    }

    /// All stages of a message.
    bool passed(FakeTransit &transit, Direction direction)
    {
        const bool isRequest = direction == Direction::Request;
        return entered(transit, isRequest ? Stage::RequestHead : Stage::ResponseHead)
            && (!m_book->wantsBody(transit, direction)
                || entered(transit, isRequest ? Stage::RequestBody : Stage::ResponseBody));
    }

    /// Both messages; the response is a 200.
    void pass(FakeTransit &transit, const QByteArray &responseBody = "answer",
        const QList<wire::FieldLine> &fields = { { "Content-Type", "text/plain" } })
    {
        if (!passed(transit, Direction::Request))
            return;
        transit.receive(200, fields, responseBody);
        passed(transit, Direction::Response);
    }

    void begin()
    {
        m_messages.clear();
        m_outbox = std::make_unique<ScriptOutbox>([] {});
        m_running = std::make_unique<RunningScripts>();
        m_scripts
            = std::make_unique<ProxyScripts>(ScriptHost::Surroundings { *m_outbox, *m_running });
        m_book = std::make_unique<RuleBook>(m_scripts.get());
    }

    void end()
    {
        m_book.reset();
        m_scripts.reset();
    }
};

} // namespace headrace::session
