#include "writablefixture.h"

#include <http/ticks.h>
#include <http/transport.h>

#include <QRegularExpression>

namespace headrace::http::test {

using namespace Qt::StringLiterals;

void WritableFixture::beginRow(const QString &uses)
{
    m_context = std::make_unique<QObject>();
    m_log.clear();
    m_uses.clear();
    m_pieces = m_drains = 0;
    m_started = false;
    for (const QString &moment : uses.split(u"; "_s)) {
        const qsizetype colon = moment.indexOf(u':');
        m_uses.insert(moment.first(colon), moment.sliced(colon + 2).split(u", "_s));
    }
}

void WritableFixture::performSteps()
{
    for (int step = 1; step <= 3; ++step) {
        turn(50);
        const IoScope scope;
        const QString moment = u"step"_s + QString::number(step);
        m_log.append(u'(' + moment + u')');
        perform(moment);
    }
}

QString WritableFixture::endRow()
{
    turn(50);
    m_context.reset();
    return m_log.join(u" | "_s);
}

QByteArray WritableFixture::shortened(const QByteArray &octets)
{
    QString text = QString::fromLatin1(octets);
    static const QRegularExpression host(u"127\\.0\\.0\\.1:\\d+"_s);
    text.replace(host, u"host"_s);
    static const QRegularExpression run(u"x{50,}"_s);
    for (QRegularExpressionMatch match = run.match(text); match.hasMatch(); match = run.match(text))
        text.replace(
            match.capturedStart(), match.capturedLength(), u"<x%1>"_s.arg(match.capturedLength()));
    return text.toLatin1();
}

void WritableFixture::follow(OutgoingMessage *message)
{
    m_message = message;
    m_started = true;
    const auto note = [this](const QString &entry) {
        return [this, entry] {
            m_log.append(entry + u' ' + state());
            perform(entry);
        };
    };
    connect(message, &OutgoingMessage::prefinish, m_context.get(), note(u"prefinish"_s));
    connect(message, &OutgoingMessage::finish, m_context.get(), note(u"finish"_s));
    connect(message, &OutgoingMessage::drain, m_context.get(), [this] {
        m_log.append(u"drain"_s);
        perform(u"drain"_s + QString::number(++m_drains));
    });
    connect(
        message, &OutgoingMessage::closed, m_context.get(), [this] { m_log.append(u"close"_s); });
    connect(message, &OutgoingMessage::errorOccurred, m_context.get(), [this](const Error &error) {
        m_log.append(u"error "_s + wire::name(error.code) + u' ' + error.message);
    });
}

void WritableFixture::followSocket(ClientRequest *request)
{
    connect(request, &ClientRequest::socketAssigned, m_context.get(), [this](QIODevice *socket) {
        m_log.append(u"socket"_s);
        perform(u"socket"_s);
        connect(Transport::of(socket), &Transport::connected, m_context.get(), [this] {
            m_log.append(u"connect"_s);
            perform(u"connect"_s);
        });
    });
}

OutgoingMessage::Callback WritableFixture::noteCallback(int number)
{
    return [this, context = QPointer(m_context.get()), number](const Error &error) {
        if (!context)
            return;
        const QString entry = u"cb"_s + QString::number(number);
        m_log.append(error ? entry + u' ' + wire::name(error.code) : entry);
        perform(entry);
    };
}

void WritableFixture::perform(const QString &moment)
{
    const QStringList uses = m_uses.value(moment);
    if (!uses.isEmpty() && !m_message)
        m_log.append(u"GONE"_s);
    for (const QString &word : uses) {
        if (!m_message)
            return;
        const QString name = word.section(u':', 0, 0);
        QString entry = u'-' + name;
        const Error thrown = use(name, word.section(u':', 1).toLatin1(), &entry);
        m_log.append(thrown ? u"THROWN "_s + wire::name(thrown.code) : entry);
    }
}

Error WritableFixture::use(const QString &name, const QByteArray &argument, QString *entry)
{
    Error thrown;
    if (name == u"state") {
        *entry = state();
    } else if (name == u"cork") {
        m_message->cork();
    } else if (name == u"uncork") {
        m_message->uncork();
    } else if (name == u"destroy") {
        m_message->destroy();
    } else if (name == u"flush") {
        m_message->flushHeaders(&thrown);
    } else if (name == u"length") {
        thrown = m_message->setHeader("Content-Length", argument);
    } else if (name == u"trailer") {
        thrown = m_message->addTrailers({ { "X-T", argument } });
    } else if (name == u"write") {
        const int piece = ++m_pieces;
        const bool below
            = m_message->write(QByteArray(argument.toInt(), 'x'), noteCallback(piece), &thrown);
        *entry += u" %1 #%2 %3"_s.arg(
            QString::fromLatin1(argument), QString::number(piece), below ? u"true"_s : u"false"_s);
    } else if (name == u"end") {
        const int piece = ++m_pieces;
        m_message->end(QByteArray(argument.toInt(), 'y'), noteCallback(piece), &thrown);
        if (!argument.isEmpty())
            *entry += u' ' + QString::fromLatin1(argument);
        *entry += u" #"_s + QString::number(piece);
    }
    return thrown;
}

QString WritableFixture::state() const
{
    QStringList words;
    const auto add = [&](bool holds, const QString &word) {
        if (holds)
            words.append(word);
    };
    add(m_message->headersSent(), u"headersSent"_s);
    add(m_message->socket(), u"socket"_s);
    const int corked = m_message->writableCorked();
    add(corked > 0, u"corked "_s + QString::number(corked));
    const qsizetype length = m_message->writableLength();
    add(length > 0, m_message->socket() ? u"queued"_s : u"queued "_s + QString::number(length));
    add(m_message->writableNeedDrain(), u"needDrain"_s);
    add(m_message->writableEnded(), u"ended"_s);
    add(m_message->writableFinished(), u"finished"_s);
    add(m_message->isDestroyed(), u"destroyed"_s);
    return u'[' + words.join(u", "_s) + u']';
}

} // namespace headrace::http::test
