// What the list of exchanges costs: the widgets of the window, without a screen, over a session file. Prints
// `name number` lines; times in milliseconds, up to the paint that shows every row in sight.
//
//   bench_traffic look FILE                    opening it, scrolling, sorting, filtering
//   bench_traffic record FILE SECONDS RATE     so many exchanges a second while the list follows
#include "paintwatch.h"

#include <inspector/inspector.h>
#include <shell/theme.h>
#include <store/exchangestore.h>
#include <traffic/filterbar.h>
#include <traffic/trafficheader.h>
#include <traffic/trafficmodel.h>
#include <traffic/trafficpanel.h>
#include <traffic/trafficview.h>
#include <traffic/trafficworkspace.h>

#include <QRandomGenerator>
#include <QScrollBar>
#include <QTimer>

#include <spread.h>
#include <steadysource.h>
#include <usage.h>

#include <cstring>

using namespace headrace;

namespace {

void print(const char *name, double number) { std::printf("%s %.3f\n", name, number); }

double mebibytes(long long octets) { return double(octets) / (1 << 20); }

[[noreturn]] void fail(const QString &message)
{
    std::fprintf(stderr, "bench_traffic: %s\n", qPrintable(message));
    std::exit(1);
}

/// The Traffic workspace as the window has it.
class Workspace
{
public:
    explicit Workspace(bench::PaintWatch &watch)
        : m_inspector(new ui::Inspector)
        , m_panel(new ui::TrafficPanel(&m_store))
        , m_workspace(m_panel, m_inspector)
    {
        QObject::connect(m_panel, &ui::TrafficPanel::currentExchangeChanged, m_inspector,
            [this](exchange::ExchangeId id) {
                m_inspector->setExchange(&m_store, id);
                m_workspace.setInspectorVisible(id != 0);
            });
        watch.setView(m_panel->view());
        m_workspace.resize(1280, 800);
        m_workspace.show();
    }

    void open(const char *path)
    {
        if (const store::FileError failure = m_store.open(QString::fromLocal8Bit(path)))
            fail(failure.message);
    }

    store::ExchangeStore &store() { return m_store; }

    ui::TrafficPanel &panel() { return *m_panel; }

    ui::TrafficView &view() { return *m_panel->view(); }

private:
    store::ExchangeStore m_store;
    ui::Inspector *m_inspector;
    ui::TrafficPanel *m_panel;
    ui::TrafficWorkspace m_workspace;
};

void scroll(bench::PaintWatch &watch, ui::TrafficView &view)
{
    bench::Spread pages;
    bench::Spread jumps;
    QRandomGenerator random(5);
    view.setFollowing(false);
    QScrollBar *bar = view.verticalScrollBar();
    bar->setValue(0);
    for (int i = 0; i < 250; ++i) {
        pages.add(
            watch.untilPainted([&] { bar->triggerAction(QAbstractSlider::SliderPageStepAdd); }));
    }
    for (int i = 0; i < 250; ++i)
        jumps.add(watch.untilPainted([&] { bar->setValue(random.bounded(bar->maximum() + 1)); }));
    pages.print("page_down");
    jumps.print("jump");
}

void sortAndFilter(bench::PaintWatch &watch, Workspace &workspace)
{
    ui::TrafficHeader *header = workspace.view().header();
    bench::Spread sorts;
    for (int column = 0; column < ui::TrafficColumnCount; ++column) {
        const double time
            = watch.untilPainted([&] { header->setSortIndicator(column, Qt::DescendingOrder); });
        std::printf(
            "# sort by %-12s %8.1f ms\n", ui::nameOf(ui::TrafficColumn(column)).data(), time);
        sorts.add(time);
    }
    sorts.print("sort");
    watch.untilPainted([&] { header->setSortIndicator(-1, Qt::AscendingOrder); });

    bench::Spread filters;
    for (const char *text : { "status>=500", "method:POST", "host:host1*", "type:json",
             "header:authorization", "event:close", "host:host7.example.test" }) {
        const double time = watch.untilPainted(
            [&] { workspace.panel().filterBar()->setText(QString::fromLatin1(text)); });
        std::printf("# filter %-26s %8.1f ms  %lld rows\n", text, time,
            qlonglong(workspace.panel().shownCount()));
        filters.add(time);
    }
    filters.print("filter");
}

int look(bench::PaintWatch &watch, const char *path)
{
    Workspace workspace(watch);
    print("resident_mib_empty", mebibytes(usage::residentOctets()));
    print("open", watch.untilPainted([&] { workspace.open(path); }));
    print("rows", double(workspace.panel().shownCount()));
    print("resident_mib_open", mebibytes(usage::residentOctets()));
    print("select", watch.untilPainted([&] { workspace.view().step(-1); }));
    scroll(watch, workspace.view());
    print("resident_mib_scrolled", mebibytes(usage::residentOctets()));
    sortAndFilter(watch, workspace);
    print("resident_mib", mebibytes(usage::residentOctets()));
    print("peak_mib", mebibytes(usage::peakOctets()));
    return 0;
}

int record(bench::PaintWatch &watch, const char *path, int seconds, int rate)
{
    Workspace workspace(watch);
    workspace.open(path);
    const qsizetype before = workspace.store().count();
    bench::SteadySource source(workspace.store(), rate);
    bench::Spread pauses;
    QElapsedTimer beat;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
        pauses.add(double(beat.nsecsElapsed()) / 1e6);
        beat.start();
    });
    const auto tellMemory = [] { print("resident_mib", mebibytes(usage::residentOctets())); };
    QTimer memory;
    QObject::connect(&memory, &QTimer::timeout, &memory, tellMemory);
    const auto cpu = usage::cpuTime();
    source.start();
    beat.start();
    heart.start(5);
    memory.start(seconds * 1000 / 6 + 1);
    QTimer::singleShot(seconds * 1000, &watch, &QApplication::quit);
    QApplication::exec();
    source.stop();
    const qint64 recorded = source.count();

    // What the list shows at the end is what was recorded, a moment later.
    QElapsedTimer rest;
    rest.start();
    QTimer check;
    QObject::connect(&check, &QTimer::timeout, &watch, [&] {
        if (workspace.panel().shownCount() == before + recorded || rest.elapsed() > 10'000)
            QApplication::quit();
    });
    check.start(5);
    QApplication::exec();
    heart.stop();
    print("exchanges_per_second", double(recorded) / seconds);
    print("cpu_us_per_exchange", double((usage::cpuTime() - cpu).count()) / double(recorded));
    tellMemory();
    pauses.print("heartbeat");
    print("recorded", double(recorded));
    print("shown", double(workspace.panel().shownCount() - before));
    print("shown_after", double(rest.elapsed()));
    print("lost", double(workspace.store().status().lostExchanges));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    bench::PaintWatch watch(argc, argv);
    const ui::Theme theme;
    const auto is = [&](const char *command, int arguments) {
        return argc == 2 + arguments && std::strcmp(argv[1], command) == 0;
    };
    if (is("look", 1))
        return look(watch, argv[2]);
    if (is("record", 3))
        return record(watch, argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
    fail(QStringLiteral("look FILE | record FILE SECONDS RATE"));
}
