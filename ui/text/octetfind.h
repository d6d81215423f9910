#pragma once

#include "text/octetfinder.h"

#include <exchange/rowindex.h>

#include <functional>

namespace headrace::ui {

class FindBar;

/** What a find bar does in octets of any number: it asks, this searches in the background, says how far it is and
    walks from match to match. Thread: GUI. */
class OctetFind : public QObject
{
    Q_OBJECT

public:
    /// \a bar is borrowed; it is hidden until begin().
    explicit OctetFind(FindBar *bar, QObject *parent = nullptr);

    /// What is searched from now on; anew if the bar is open. \a encoding: of the pattern's letters, too.
    void setSource(const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding);

    /// Where the user is: the next match is looked for from there. Default: the one chosen last.
    void setPlace(const std::function<exchange::OctetSpan()> &place);

    void begin(); ///< Opens the bar.
    void end(); ///< Closes it; the marks go.
    bool isOpen() const;

    const OctetFinder &finder() const;

Q_SIGNALS:
    void matchesChanged(const QList<headrace::exchange::OctetSpan> &matches);
    void matchChosen(const headrace::exchange::OctetSpan &match);
    void closed();

private:
    void search();
    void takeFound();
    void choose(bool isBackward);
    void showStatus();

    FindBar *m_bar;
    OctetFinder m_finder;
    exchange::OctetSourcePointer m_source;
    exchange::TextEncoding m_encoding = exchange::TextEncoding::Utf8;
    std::function<exchange::OctetSpan()> m_place;
    qint64 m_start = 0; ///< From where the first match is chosen.
    qsizetype m_current = -1; ///< Of the matches; -1: none.
    bool m_choosesFirst = false; ///< As soon as there is one.
};

} // namespace headrace::ui
