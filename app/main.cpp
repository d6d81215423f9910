#include "verbs/ca.h"
#include "verbs/exec.h"
#include "verbs/export.h"
#include "verbs/import.h"
#include "verbs/output.h"
#include "verbs/proxy.h"
#include "verbs/replay.h"
#include "verbs/run.h"
#include "verbs/send.h"
#include "verbs/serve.h"
#include "window.h"

#include <QCoreApplication>
#include <QTextStream>

namespace headrace::app {

namespace {

constexpr const char *Help
    = "usage: headrace [FILE]              open the window, with a session (.headrace), a HAR "
      "file\n"
      "                                    (.har), a mock file or a script if given\n"
      "       headrace send [options] URL  send one request and print the answer\n"
      "       headrace serve [--port N] MOCKFILE | SCRIPT.js\n"
      "                                    answer by a mock file, or run a program as the server\n"
      "       headrace proxy [options]     a proxy that shows HTTP and HTTPS and changes nothing\n"
      "       headrace ca [export FILE]    the certificate authority of the proxy\n"
      "       headrace exec [options] [--] COMMAND [ARGUMENT...]\n"
      "                                    run a command that comes through a proxy of its own\n"
      "       headrace run [--allow-write DIR] FILE.js [ARGUMENT...]\n"
      "                                    run a Node program on Headrace's HTTP library\n"
      "       headrace export [--filter TEXT] FILE.headrace FILE.har\n"
      "                                    write a session as HAR\n"
      "       headrace import FILE.har FILE.headrace\n"
      "                                    read HAR into a session\n"
      "       headrace replay [options] FILE.headrace\n"
      "                                    send the requests of a session again\n"
      "       headrace --version\n"
      "       headrace --help, headrace VERB --help\n"
      "\n"
      "The verbs need no display.\n";

/// Without QCoreApplication::arguments(): the verbs make their own application object.
QStringList argumentsFrom(int argc, char **argv, int first)
{
    QStringList arguments;
    for (int i = first; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    return arguments;
}

int run(int argc, char **argv)
{
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == u"ca")
        return runCa(argumentsFrom(argc, argv, 2));
    if (first == u"send")
        return runSend(argumentsFrom(argc, argv, 2));
    if (first == u"serve")
        return runServe(argumentsFrom(argc, argv, 2));
    if (first == u"exec")
        return runExec(argumentsFrom(argc, argv, 2));
    if (first == u"proxy")
        return runProxy(argumentsFrom(argc, argv, 2));
    if (first == u"run")
        return runScript(argumentsFrom(argc, argv, 2));
    if (first == u"export")
        return runExport(argumentsFrom(argc, argv, 2));
    if (first == u"import")
        return runImport(argumentsFrom(argc, argv, 2));
    if (first == u"replay")
        return runReplay(argumentsFrom(argc, argv, 2));
    if (first == u"--version" || first == u"-V") {
        QTextStream(stdout) << "headrace " << HEADRACE_VERSION << '\n';
        return ExitSuccess;
    }
    if (first == u"--help" || first == u"-h" || first == u"help") {
        QTextStream(stdout) << Help;
        return ExitSuccess;
    }
    return runWindow(argc, argv);
}

} // namespace

} // namespace headrace::app

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("headrace"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEADRACE_VERSION));
    return headrace::app::run(argc, argv);
}
