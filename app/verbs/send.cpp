#include "verbs/send.h"

#include "verbs/answerprinter.h"
#include "verbs/curlfile.h"
#include "verbs/eventlist.h"
#include "verbs/output.h"
#include "verbs/sendoptions.h"
#include "verbs/signalwatch.h"

#include <exchange/memorystore.h>
#include <http/ticks.h>
#include <session/clients.h>
#include <session/sending.h>
#include <wire/errorcode.h>

#include <QCoreApplication>

namespace headrace::app {

namespace {

QString failureLine(const QString &code, const QString &message)
{
    return message.contains(code) ? message : code + QLatin1String(": ") + message;
}

class SendRun
{
public:
    SendRun(const SendOptions &options, const session::RequestDraft &draft)
        : m_options(options)
        , m_printer(m_store, m_output,
              options.showsRaw ? AnswerPrinter::Mode::Raw : AnswerPrinter::Mode::Answer)
        , m_clients(session::Clients::Persistence::Close)
        , m_sending(draft)
    {
        m_clients.setObserver(&m_printer);
    }

    int run()
    {
        QObject::connect(&m_signals, &SignalWatch::stopRequested, &m_sending, [this] {
            const http::IoScope scope;
            m_isInterrupted = true;
            m_printer.markCanceled(m_sending.exchange());
            m_sending.cancel();
        });
        m_printer.setEndListener([](http::ExchangeId, exchange::ExchangeId) {
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        });
        {
            const http::IoScope scope;
            if (const http::Error error = m_sending.start(m_clients)) {
                complain(failureLine(QString(wire::name(error.code)), error.message));
                return ExitFailure;
            }
        }
        QCoreApplication::exec();
        m_printer.flush();
        return report(*m_store.exchange(m_store.ids().first()));
    }

    bool isInterrupted() const { return m_isInterrupted; }

private:
    int report(const exchange::Exchange &exchange)
    {
        if (m_options.showsEvents) {
            if (m_output.hasWritten())
                m_output.write(m_output.isAtLineStart() ? "\n" : "\n\n");
            for (const exchange::Event &event : exchange.events)
                m_output.writeLine(eventLine(event));
        }
        if (m_output.isBroken()) {
            complain(QStringLiteral("standard output cannot be written"));
            return ExitFailure;
        }
        switch (exchange.summary.state) {
        case exchange::State::Complete:
            return ExitSuccess;
        case exchange::State::Canceled:
            complain(QStringLiteral("interrupted"));
            return ExitFailure;
        case exchange::State::Active:
        case exchange::State::Failed:
            break;
        }
        complain(exchange.failure ? failureLine(exchange.failure->code, exchange.failure->message)
                                  : QStringLiteral("the request failed"));
        return ExitFailure;
    }

    const SendOptions &m_options;
    Output m_output;
    exchange::MemoryStore m_store;
    AnswerPrinter m_printer;
    session::Clients m_clients;
    session::Sending m_sending;
    SignalWatch m_signals;
    bool m_isInterrupted = false;
};

int complainOfDraft(const session::DraftProblem &problem)
{
    using Where = session::DraftProblem::Where;
    if (problem.where == Where::Body) {
        complain(failureLine(problem.code, problem.message));
        return ExitFailure;
    }
    return complainOfUsage(QStringLiteral("send"), failureLine(problem.code, problem.message));
}

} // namespace

int runSend(const QStringList &arguments)
{
    const SendOptions options = parseSendOptions(arguments);
    if (!options.error.isEmpty())
        return complainOfUsage(QStringLiteral("send"), options.error);
    if (options.wantsHelp) {
        Output().write(sendHelp().toUtf8());
        return ExitSuccess;
    }
    QList<session::RequestDraft> drafts { options.draft };
    if (!options.curlFile.isEmpty()) {
        const CurlFile file = readCurlFile(options.curlFile);
        for (const QString &remark : file.remarks)
            complain(remark);
        if (!file.error.isEmpty()) {
            complain(file.error);
            return ExitFailure;
        }
        drafts = file.drafts;
    }
    for (const session::RequestDraft &draft : std::as_const(drafts)) {
        const QList<session::DraftProblem> problems = session::problems(draft);
        if (!problems.isEmpty())
            return complainOfDraft(problems.first());
    }

    int count = 1;
    char name[] = "headrace";
    char *values[] = { name, nullptr };
    QCoreApplication application(count, values);
    int exitCode = ExitSuccess;
    for (const session::RequestDraft &draft : std::as_const(drafts)) {
        SendRun run(options, draft);
        exitCode = std::max(exitCode, run.run());
        if (run.isInterrupted())
            break;
    }
    return exitCode;
}

} // namespace headrace::app
