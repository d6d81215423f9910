// What looking at a large body costs: the inspector of the window, without a screen, over a session file. Prints
// `name number` lines; times in milliseconds.
//
//   bench_body make FILE json|line MIB    a session with a small exchange, and one whose body is so large
//   bench_body show FILE                  the small one, then the large one; its end; a search through it
#include <exchange/octetspan.h>
#include <inspector/bodypage.h>
#include <inspector/bodyview.h>
#include <inspector/inspector.h>
#include <shell/theme.h>
#include <store/exchangestore.h>
#include <text/findbar.h>
#include <text/largetext.h>
#include <text/largetextview.h>
#include <text/octetfind.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>

#include <usage.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>

using namespace headrace;

namespace {

constexpr qsizetype PieceOctets = 64 * 1024; // as a socket gives them
constexpr int Patience = 60'000; // milliseconds

void print(const QByteArray &name, double number)
{
    std::printf("%s %.3f\n", name.constData(), number);
    std::fflush(stdout);
}

double mebibytes(long long octets) { return double(octets) / (1 << 20); }

[[noreturn]] void fail(const QString &message)
{
    std::fprintf(stderr, "bench_body: %s\n", qPrintable(message));
    std::exit(1);
}

/// A row of an API's answer; every thousandth has what is looked for.
QByteArray madeRecord(int number)
{
    const QByteArray digits = QByteArray::number(number);
    return R"({"id":)" + digits + R"(,"name":"item )" + digits
        + R"(","tags":["alpha","beta"],"price":)" + QByteArray::number(number % 997)
        + R"(.25,"stock":{"here":true,"count":)" + QByteArray::number(number % 31) + "},\"note\":\""
        + (number % 1000 == 0 ? "needle-" + digits : QByteArray("nothing to say")) + "\"}";
}

void tell(store::ExchangeStore &store, const QByteArray &contentType,
    const std::function<QByteArray()> &nextPiece)
{
    exchange::Summary summary;
    summary.method = QStringLiteral("GET");
    summary.host = QStringLiteral("api.example.test");
    summary.target = QStringLiteral("/v1/items");
    summary.statusCode = 200;
    const exchange::ExchangeId id = store.begin(summary);
    exchange::Message head;
    head.startLine = "GET /v1/items HTTP/1.1";
    store.setHead(id, -1, head);
    head.startLine = "HTTP/1.1 200 OK";
    head.statusCode = 200;
    head.fields = { { "Content-Type", contentType } };
    store.setHead(id, 0, head);
    qint64 time = 0;
    for (QByteArray piece = nextPiece(); !piece.isEmpty(); piece = nextPiece())
        store.addOctets(id, 0, { time += 100, exchange::Part::Body, piece });
    summary.state = exchange::State::Complete;
    store.setSummary(id, summary);
    store.end(id);
}

int make(const char *path, bool isJson, qint64 octets)
{
    store::ExchangeStore store;
    if (const store::FileError failure = store.open(QString::fromLocal8Bit(path)))
        fail(failure.message);
    bool isTold = false;
    tell(store, "application/json",
        [&isTold] { return std::exchange(isTold, true) ? QByteArray() : QByteArray("{\"a\":1}"); });
    qint64 made = 0;
    int number = 0;
    QByteArray rest;
    tell(store, isJson ? "application/json" : "text/plain", [&] {
        while (rest.size() < PieceOctets && made < octets) {
            const QByteArray record
                = isJson ? (number == 0 ? '[' : ',') + madeRecord(number) : madeRecord(number);
            ++number;
            made += record.size();
            rest += record;
            if (made >= octets && isJson)
                rest += ']';
        }
        const QByteArray piece = rest.left(PieceOctets);
        rest.remove(0, piece.size());
        return piece;
    });
    store.flush();
    return 0;
}

/// An application that notes when a widget was painted, and the longest time between two turns of its loop.
class Watch : public QApplication
{
public:
    Watch(int &argc, char **argv)
        : QApplication(argc, argv)
    {
        m_heart.setTimerType(Qt::PreciseTimer);
        connect(&m_heart, &QTimer::timeout, this, [this] { beat(); });
    }

    void setPainted(QWidget *widget, const std::function<bool()> &isPainted)
    {
        m_widget = widget;
        m_isPainted = isPainted;
    }

    /// Runs \a change and the loop until \a isDone. Answers the milliseconds.
    double until(const std::function<void()> &change, const std::function<bool()> &isDone)
    {
        QElapsedTimer time;
        time.start();
        m_longest = 0;
        m_paintedAt = -1;
        m_peak = 0;
        m_beat.start();
        m_sinceChange.start();
        m_heart.start(2);
        change();
        beat();
        while (!isDone()) {
            processEvents(QEventLoop::WaitForMoreEvents);
            if (time.elapsed() > Patience)
                fail(QStringLiteral("it takes too long"));
        }
        beat();
        m_heart.stop();
        return double(time.nsecsElapsed()) / 1e6;
    }

    double paintedAt() const { return m_paintedAt; }

    double longestPause() const { return m_longest; }

    long long peakOctets() const { return m_peak; }

    bool notify(QObject *receiver, QEvent *event) override
    {
        const bool result = QApplication::notify(receiver, event);
        if (receiver == m_widget && event->type() == QEvent::Paint && m_paintedAt < 0
            && m_isPainted())
            m_paintedAt = double(m_sinceChange.nsecsElapsed()) / 1e6;
        return result;
    }

private:
    void beat()
    {
        m_longest = std::max(m_longest, double(m_beat.nsecsElapsed()) / 1e6);
        m_peak = std::max<long long>(m_peak, usage::residentOctets());
        m_beat.start();
    }

    QTimer m_heart;
    QElapsedTimer m_beat;
    QElapsedTimer m_sinceChange;
    double m_longest = 0;
    double m_paintedAt = -1;
    long long m_peak = 0;
    QWidget *m_widget = nullptr;
    std::function<bool()> m_isPainted;
};

class Bench
{
public:
    Bench(Watch &watch, const char *path)
        : m_watch(watch)
    {
        if (const store::FileError failure = m_store.open(QString::fromLocal8Bit(path)))
            fail(failure.message);
        m_inspector.resize(1280, 800);
        m_inspector.setCurrentTab(ui::Inspector::Tab::Body);
        m_inspector.show();
    }

    int run()
    {
        m_watch.until(
            [this] { m_inspector.setExchange(&m_store, 1); }, [this] { return isShown(); });
        const long long idle = usage::residentOctets();
        print("resident_mib_idle", mebibytes(idle));
        report(
            "show", idle, [this] { m_inspector.setExchange(&m_store, 2); },
            [this] {
                return m_inspector.exchangeId() == 2 && isShown() && body().body().isComplete
                    && !text().isIndexing() && m_watch.paintedAt() >= 0;
            });
        print("first_paint", m_watch.paintedAt());
        report(
            "end", idle, [this] { toTheEnd(); },
            [this] { return !text().shownRows().isEmpty() && m_watch.paintedAt() >= 0; });
        report(
            "search", idle, [this] { search(QStringLiteral("needle-[0-9]+00\\b")); },
            [this] { return !find().finder().isRunning(); });
        print("matches", double(find().finder().matches().size()));
        find().end();
        if (body().isOffered(ui::BodyView::Form::Tree)) {
            report(
                "pretty", idle, [this] { body().showForm(ui::BodyView::Form::Pretty); },
                [this] { return isShown() && !text().isIndexing(); });
            report(
                "tree", idle, [this] { body().showForm(ui::BodyView::Form::Tree); },
                [this] { return isShown(); });
        }
        report(
            "hex", idle, [this] { body().showForm(ui::BodyView::Form::Hex); },
            [this] { return isShown(); });
        print("peak_mib", mebibytes(usage::peakOctets()));
        return 0;
    }

private:
    void report(const QByteArray &name, long long idle, const std::function<void()> &change,
        const std::function<bool()> &isDone)
    {
        m_watch.setPainted(text().viewport(), [this] { return !text().shownRows().isEmpty(); });
        print(name + "_ms", m_watch.until(change, isDone));
        print(name + "_longest_pause", m_watch.longestPause());
        print(name + "_mib_above_idle", mebibytes(m_watch.peakOctets() - idle));
    }

    void toTheEnd()
    {
        text().verticalScrollBar()->setValue(text().verticalScrollBar()->maximum());
        text().viewport()->update();
    }

    void search(const QString &expression)
    {
        ui::FindBar *bar = body().largeText()->findBar();
        find().begin();
        const auto buttons = bar->findChildren<QToolButton *>();
        for (QToolButton *button : buttons) {
            if (button->text() == QStringLiteral(".*"))
                button->setChecked(true);
        }
        bar->setPattern(expression);
    }

    bool isShown() const { return !body().isWorking() && !body().body().isEmpty(); }

    ui::BodyView &body() const { return *m_inspector.bodyPage()->view(); }

    ui::LargeTextView &text() const { return *body().largeText()->view(); }

    ui::OctetFind &find() const { return *body().largeText()->find(); }

    Watch &m_watch;
    store::ExchangeStore m_store;
    ui::Inspector m_inspector;
};

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    Watch watch(argc, argv);
    const ui::Theme theme;
    if (argc == 5 && std::strcmp(argv[1], "make") == 0)
        return make(argv[2], std::strcmp(argv[3], "json") == 0, std::atoll(argv[4]) << 20);
    if (argc == 3 && std::strcmp(argv[1], "show") == 0)
        return Bench(watch, argv[2]).run();
    std::fputs("usage: bench_body make FILE json|line MIB | show FILE\n", stderr);
    return 2;
}
