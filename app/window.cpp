#include "window.h"

#include "verbs/descriptorlimit.h"
#include "verbs/output.h"

#include <session/session.h>
#include <session/sessionfiles.h>
#include <shell/mainwindow.h>
#include <shell/screenshot.h>
#include <shell/settings.h>
#include <shell/theme.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QTemporaryDir>

#include <optional>

namespace headrace::app {

namespace {

/// Options for developers and the documentation; not listed by --help.
struct HiddenOptions
{
    QCommandLineOption screenshot = option("screenshot", "FILE");
    QCommandLineOption workspace = option("workspace", "NAME");
    QCommandLineOption tab = option("tab", "NAME");
    QCommandLineOption theme = option("theme", "NAME");
    QCommandLineOption size = option("size", "WxH", "1280x800");
    QCommandLineOption demo = option("demo", nullptr);

    static QCommandLineOption option(
        const char *name, const char *value, const char *fallback = nullptr)
    {
        QCommandLineOption option(QString::fromLatin1(name), QString(), QString::fromLatin1(value),
            QString::fromLatin1(fallback));
        option.setFlags(QCommandLineOption::HiddenFromHelp);
        return option;
    }
};

int refuse(const QString &message)
{
    complain(message + QStringLiteral(" (headrace --help tells more)"));
    return ExitUsage;
}

std::optional<ui::Theme::Choice> themeFrom(const QString &name)
{
    if (name == u"light")
        return ui::Theme::Choice::Light;
    if (name == u"dark")
        return ui::Theme::Choice::Dark;
    return name == u"system" ? std::optional(ui::Theme::Choice::System) : std::nullopt;
}

} // namespace

int runWindow(int &argc, char **argv)
{
    raiseDescriptorLimit();
    QApplication application(argc, argv);
    application.setDesktopFileName(QStringLiteral("headrace"));

    QCommandLineParser parser;
    const HiddenOptions hidden;
    parser.addOptions({ hidden.screenshot, hidden.workspace, hidden.tab, hidden.theme, hidden.size,
        hidden.demo });
    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText());
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        return refuse(QStringLiteral("one file at most can be opened, not %1").arg(files.size()));
    const std::optional<ui::Theme::Choice> choice = themeFrom(parser.value(hidden.theme));
    if (parser.isSet(hidden.theme) && !choice)
        return refuse(QStringLiteral("no theme \"%1\"").arg(parser.value(hidden.theme)));

    // What a demonstration leaves behind is nobody's: it must not mix with the user's drafts and routes.
    std::optional<QTemporaryDir> scratch;
    if (parser.isSet(hidden.demo)) {
        scratch.emplace();
        qputenv("HEADRACE_CONFIG_DIR", QFile::encodeName(scratch->path()));
        qputenv("HEADRACE_STATE_DIR", QFile::encodeName(scratch->path()));
        qputenv("HEADRACE_CA_DIR", QFile::encodeName(scratch->filePath(QStringLiteral("ca"))));
    }

    ui::Theme theme;
    ui::Settings settings;
    session::Session session(session::SessionFiles::defaultStateDirectory());
    session.files()->startNew();
    ui::MainWindow window(session, settings, theme);
    if (choice)
        theme.setChoice(*choice);
    if (!files.isEmpty())
        window.openFile(files.constFirst());
    window.show();

    std::optional<ui::Screenshot> screenshot;
    if (parser.isSet(hidden.screenshot)) {
        const QSize size = ui::ScreenshotOptions::sizeFrom(parser.value(hidden.size));
        if (!size.isValid())
            return refuse(QStringLiteral("no size \"%1\"").arg(parser.value(hidden.size)));
        screenshot.emplace(window, session,
            ui::ScreenshotOptions { parser.value(hidden.screenshot), parser.value(hidden.workspace),
                parser.value(hidden.tab), size, parser.isSet(hidden.demo) });
        screenshot->start();
    }
    return QApplication::exec();
}

} // namespace headrace::app
