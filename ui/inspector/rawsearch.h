#pragma once

#include "inspector/rawpainter.h"

#include <exchange/octetsource.h>

#include <QRegularExpression>
#include <QTimer>

namespace headrace::ui {

/** Finds all places in octets that match a text or an expression, step by step between other events, so that no
    amount of octets stops the window. Expressions work on octets; a match is found whole if it is no longer than
    64 kB. Thread: GUI. */
class RawSearch : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MatchLimit = 100'000; ///< Then it stops.

    explicit RawSearch(QObject *parent = nullptr);

    /// Begins anew; an empty \a pattern finds nothing.
    void start(exchange::OctetSourcePointer octets, const QString &pattern, bool isExpression,
        bool isCaseSensitive);
    void stop();

    bool isRunning() const;
    bool isPatternInvalid() const;
    bool isBounded() const; ///< There may be more matches than were looked for.
    const QList<RawRange> &matches() const; ///< So far, in order.
    qint64 searchedOctets() const; ///< From the begin; all matches up to there are known.

    /// Index of the first match that begins at \a offset or behind it; -1 if there is none so far.
    qsizetype firstFrom(qint64 offset) const;

    /// Of the last that begins before it; -1 if there is none.
    qsizetype lastBefore(qint64 offset) const;

Q_SIGNALS:
    void progressed(); ///< Also when it is over.

private:
    void goOn();
    void searchWindow();

    exchange::OctetSourcePointer m_octets;
    QRegularExpression m_expression;
    bool m_isInvalid = false;
    QList<RawRange> m_matches;
    qint64 m_at = 0; ///< Matches that begin before it are known.
    QTimer m_timer;
};

} // namespace headrace::ui
