#include "shell/screenshot.h"

#include "composer/composepanel.h"
#include "inspector/inspector.h"
#include "mock/mockpanel.h"
#include "proxy/heldmodel.h"
#include "proxy/proxypanel.h"
#include "shell/demo.h"
#include "shell/mainwindow.h"
#include "traffic/trafficpanel.h"

#include <session/session.h>

#include <QCoreApplication>
#include <QCursor>
#include <QPixmap>
#include <QStringList>
#include <QTextStream>
#include <QTimer>

namespace headrace::ui {

namespace {

constexpr int RestTime = 600; ///< Milliseconds for layouts in other threads and gathered signals.

const QStringList Workspaces { QStringLiteral("traffic"), QStringLiteral("compose"),
    QStringLiteral("mock"), QStringLiteral("proxy") };
const QStringList Sections { QStringLiteral("rules"), QStringLiteral("breakpoints"),
    QStringLiteral("devices"), QStringLiteral("settings") };
const QStringList Tabs { QStringLiteral("overview"), QStringLiteral("headers"),
    QStringLiteral("body"), QStringLiteral("trailers"), QStringLiteral("events"),
    QStringLiteral("framing"), QStringLiteral("raw"), QStringLiteral("timing"),
    QStringLiteral("tls") };

} // namespace

QSize ScreenshotOptions::sizeFrom(const QString &text)
{
    const QStringList parts = text.split(u'x');
    if (parts.size() != 2)
        return {};
    const QSize size(parts.at(0).toInt(), parts.at(1).toInt());
    return size.width() > 0 && size.height() > 0 ? size : QSize();
}

Screenshot::Screenshot(MainWindow &window, session::Session &session,
    const ScreenshotOptions &options, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_session(session)
    , m_options(options)
{
}

void Screenshot::start()
{
    m_window.resize(m_options.size);
    // Nothing should look as if the mouse were over it.
    QCursor::setPos(m_window.mapToGlobal(QPoint(m_options.size.width() + 50, -50)));
    m_window.setWorkspace(
        MainWindow::Workspace(std::max<qsizetype>(0, Workspaces.indexOf(m_options.workspace))));
    if (!m_options.withDemo) {
        QTimer::singleShot(RestTime, this, &Screenshot::take);
        return;
    }
    auto *demo = new Demo(m_session, this);
    connect(demo, &Demo::finished, this,
        [this] { QTimer::singleShot(RestTime, this, &Screenshot::arrange); });
    m_window.mock()->setDefinition(Demo::definition());
    m_window.proxy()->setDefinition(Demo::proxyDefinition());
    demo->start();
}

void Screenshot::arrange()
{
    const auto tab = Inspector::Tab(std::max<qsizetype>(0, Tabs.indexOf(m_options.tab)));
    m_window.trafficInspector()->setCurrentTab(tab);
    m_window.composeInspector()->setCurrentTab(tab);
    if (m_options.workspace == u"proxy") {
        m_window.proxy()->start();
        m_window.proxy()->setSection(
            ProxyPanel::Section(std::max<qsizetype>(0, Sections.indexOf(m_options.tab))));
    }
    if (m_options.tab == u"held") {
        for (const session::HeldExchange &held : Demo::held())
            m_window.proxy()->held()->add(held);
    }
    const QList<exchange::ExchangeId> ids = m_session.store()->ids();
    // The last request sent has the most to show; its mock side may come after it.
    for (auto id = ids.crbegin(); id != ids.crend(); ++id) {
        const auto exchange = m_session.store()->exchange(*id);
        if (exchange && exchange->summary.source == exchange::Source::Composer) {
            m_window.traffic()->select(*id);
            m_window.compose()->openExchange(*exchange);
            if (m_options.workspace == u"compose")
                m_window.compose()->send();
            break;
        }
    }
    m_window.setWorkspace(m_window.workspace());
    QTimer::singleShot(RestTime, this, &Screenshot::take);
}

void Screenshot::take()
{
    const bool isSaved = m_window.grab().save(m_options.path, "PNG");
    if (!isSaved)
        QTextStream(stderr) << "headrace: cannot write " << m_options.path << '\n';
    QCoreApplication::exit(isSaved ? 0 : 1);
}

} // namespace headrace::ui
