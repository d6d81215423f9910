#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <functional>

namespace headrace::ui {
class TrafficView;
}

namespace bench {

/// An application that knows when a list has painted what it has to show.
class PaintWatch : public QApplication
{
public:
    PaintWatch(int &argc, char **argv);

    void setView(headrace::ui::TrafficView *view); ///< Borrowed.

    /// Does \a change and waits until the list has painted: its query is answered, and every row in sight is
    /// read. Unit: milliseconds. Ends the program when that takes more than a minute.
    double untilPainted(const std::function<void()> &change);

    bool notify(QObject *receiver, QEvent *event) override;

private:
    bool isComplete() const;

    headrace::ui::TrafficView *m_view = nullptr;
    QElapsedTimer m_timer;
    QEventLoop m_loop;
    double m_painted = 0;
};

} // namespace bench
