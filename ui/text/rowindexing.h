#pragma once

#include "shell/background.h"

#include <exchange/octetsource.h>
#include <exchange/rowindex.h>

#include <atomic>
#include <memory>
#include <optional>

namespace headrace::ui {

/** Finds the rows of a text beside the GUI thread. What is known of them is told early and again while it goes on.
    Thread: GUI. */
class RowIndexing : public QObject
{
    Q_OBJECT

public:
    using IndexPointer = std::shared_ptr<const exchange::RowIndex>;

    explicit RowIndexing(QObject *parent = nullptr);
    ~RowIndexing() override;

    /// updated() follows. \a isGrown: the source begins with the one before, whose rows need not be found again.
    void start(const exchange::OctetSourcePointer &source, qsizetype rowOctets, bool isGrown);
    void cancel();
    bool isRunning() const;

Q_SIGNALS:
    /// \a octets: of how much of the text the rows are known; all of it at the last.
    void updated(const headrace::ui::RowIndexing::IndexPointer &index, qint64 octets);

private:
    /// Where a text that grows is gone on with.
    struct State
    {
        exchange::RowIndex index; ///< Without the end.
        qint64 octets = 0;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    std::optional<State> work(
        const exchange::OctetSourcePointer &source, State state, const Flag &isCanceled);
    void tell(const IndexPointer &index, qint64 octets, const Flag &isCanceled);

    std::optional<State> m_state; ///< After the end of the source before.
    Flag m_isCanceled;
    bool m_isRunning = false;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
