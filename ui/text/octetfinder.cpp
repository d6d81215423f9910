#include "text/octetfinder.h"

#include <algorithm>
#include <utility>

namespace headrace::ui {

namespace {

constexpr qint64 PieceOctets = 256 * 1024;
constexpr qint64 TellInterval = 80; // milliseconds

} // namespace

OctetFinder::OctetFinder(QObject *parent)
    : QObject(parent)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

OctetFinder::~OctetFinder() { *m_isCanceled = true; }

void OctetFinder::start(
    const exchange::OctetSourcePointer &source, const exchange::SearchPattern &pattern)
{
    clear();
    auto scan = std::make_shared<exchange::MatchScan>(pattern);
    if (const auto error = scan->error()) {
        m_error = error->message;
        Q_EMIT finished();
        return;
    }
    m_isRunning = true;
    m_background.run(
        [this, source, scan, flag = m_isCanceled] {
            work(source, *scan, flag);
            return 0;
        },
        [](int) {});
}

void OctetFinder::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_isRunning = false;
}

void OctetFinder::clear()
{
    cancel();
    m_matches.clear();
    m_share = 0;
    m_gaveUp = false;
    m_error.clear();
}

bool OctetFinder::isRunning() const { return m_isRunning; }

const QList<exchange::OctetSpan> &OctetFinder::matches() const { return m_matches; }

double OctetFinder::share() const { return m_share; }

bool OctetFinder::isBounded() const { return m_isRunning || m_share < 1 || m_gaveUp; }

bool OctetFinder::gaveUp() const { return m_gaveUp; }

QString OctetFinder::error() const { return m_error; }

void OctetFinder::work(
    const exchange::OctetSourcePointer &source, exchange::MatchScan &scan, const Flag &isCanceled)
{
    const qint64 size = source->size();
    News news;
    QElapsedTimer sinceTold;
    sinceTold.start();
    qsizetype count = 0;
    qint64 at = 0;
    while (at < size && !*isCanceled && count + news.matches.size() < MostMatches) {
        const QByteArray piece = source->read(at, PieceOctets);
        if (piece.isEmpty())
            break; // it cannot be read any more
        scan.feed(piece, &news.matches);
        at += piece.size();
        if (sinceTold.elapsed() >= TellInterval) {
            sinceTold.start();
            count += news.matches.size();
            news.share = double(at) / double(size);
            news.gaveUp = scan.gaveUp();
            tell(std::exchange(news, {}), isCanceled);
        }
    }
    if (at >= size)
        scan.finish(&news.matches);
    news.share = size == 0 ? 1 : double(at) / double(size);
    news.gaveUp = scan.gaveUp();
    news.isOver = true;
    tell(std::move(news), isCanceled);
}

void OctetFinder::tell(News &&news, const Flag &isCanceled)
{
    QMetaObject::invokeMethod(
        this,
        [this, news = std::move(news), isCanceled] {
            if (!*isCanceled)
                take(news);
        },
        Qt::QueuedConnection);
}

void OctetFinder::take(const News &news)
{
    m_matches += news.matches;
    m_share = news.share;
    m_gaveUp = m_gaveUp || news.gaveUp;
    m_isRunning = !news.isOver;
    Q_EMIT found();
    if (news.isOver)
        Q_EMIT finished();
}

} // namespace headrace::ui
