#include "paintwatch.h"

#include <traffic/trafficmodel.h>
#include <traffic/trafficview.h>

#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace bench {

using namespace headrace;

namespace {

constexpr int Patience = 60'000; // milliseconds

} // namespace

PaintWatch::PaintWatch(int &argc, char **argv)
    : QApplication(argc, argv)
{
}

void PaintWatch::setView(ui::TrafficView *view)
{
    m_view = view;
    // The last rows of an answer may be painted before one knows that they are the last.
    connect(view->trafficModel()->feed(), &ui::TrafficFeed::searchFinished, view->viewport(),
        [view] { view->viewport()->update(); });
}

double PaintWatch::untilPainted(const std::function<void()> &change)
{
    QTimer patience;
    patience.setSingleShot(true);
    connect(&patience, &QTimer::timeout, this, [] {
        std::fputs("bench_traffic: the list is not painted\n", stderr);
        std::exit(1);
    });
    patience.start(Patience);
    m_timer.start();
    change();
    m_view->viewport()->update();
    m_loop.exec();
    return m_painted;
}

bool PaintWatch::notify(QObject *receiver, QEvent *event)
{
    const bool isLast = event->type() == QEvent::Paint && m_loop.isRunning() && m_view
        && receiver == m_view->viewport() && isComplete();
    const bool result = QApplication::notify(receiver, event);
    if (isLast) {
        m_painted = double(m_timer.nsecsElapsed()) / 1e6;
        m_loop.quit();
    }
    return result;
}

bool PaintWatch::isComplete() const
{
    const ui::TrafficModel *model = m_view->trafficModel();
    if (model->feed()->isSearching() || model->rowCount() == 0)
        return false;
    const int below = m_view->rowAt(m_view->viewport()->height() - 1);
    const int last = below < 0 ? model->rowCount() - 1 : below;
    for (int row = m_view->rowAt(0); row <= last; ++row) {
        if (!model->index(row, int(ui::TrafficColumn::Number)).data().isValid())
            return false;
    }
    return true;
}

} // namespace bench
