#pragma once

#include "shell/background.h"

#include <exchange/matchscan.h>
#include <exchange/octetsource.h>

#include <QElapsedTimer>

#include <atomic>
#include <memory>

namespace headrace::ui {

/** Finds all that matches a pattern in octets of any number, beside the GUI thread. What is found is told while it
    goes on. Thread: GUI. */
class OctetFinder : public QObject
{
    Q_OBJECT

public:
    /// The search ends there: more would help nobody, and take memory.
    static constexpr qsizetype MostMatches = 1'000'000;

    explicit OctetFinder(QObject *parent = nullptr);
    ~OctetFinder() override;

    /// Begins anew; found() and finished() follow. A pattern that is not valid: finished() alone, with error().
    void start(const exchange::OctetSourcePointer &source, const exchange::SearchPattern &pattern);
    void cancel(); ///< Keeps what was found; nothing is emitted after that.
    void clear(); ///< Forgets it, too.

    bool isRunning() const;
    const QList<exchange::OctetSpan> &matches() const; ///< In order.
    double share() const; ///< Of the octets that were searched: 0 to 1.
    bool isBounded() const; ///< There may be more matches than are here.
    bool gaveUp() const; ///< The pattern takes too long: a part was not searched.
    QString error() const; ///< What is wrong with the pattern; empty if nothing.

Q_SIGNALS:
    void found(); ///< More, or further on; at most some ten a second.
    void finished();

private:
    struct News
    {
        QList<exchange::OctetSpan> matches;
        double share = 0;
        bool gaveUp = false;
        bool isOver = false;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    void work(const exchange::OctetSourcePointer &source, exchange::MatchScan &scan,
        const Flag &isCanceled);
    void tell(News &&news, const Flag &isCanceled);
    void take(const News &news);

    QList<exchange::OctetSpan> m_matches;
    double m_share = 0;
    bool m_isRunning = false;
    bool m_gaveUp = false;
    QString m_error;
    Flag m_isCanceled;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
