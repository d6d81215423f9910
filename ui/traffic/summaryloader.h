#pragma once

#include <exchange/store.h>

#include <QObject>
#include <QThread>

namespace headrace::ui {

/** Reads summaries of a store in a thread of its own, a page at a time. Who asks waits for loaded() before it
    asks again, so that the next page is what is wanted then. Thread: GUI. */
class SummaryLoader : public QObject
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives this.
    explicit SummaryLoader(const exchange::Store *store, QObject *parent = nullptr);
    ~SummaryLoader() override; ///< Waits for the page that is being read.

    bool isBusy() const;
    void load(const QList<exchange::ExchangeId> &ids); ///< Only when it is not busy.

Q_SIGNALS:
    /// Answers load(); \a summaries are those of \a asked that exist.
    void loaded(const QList<headrace::exchange::ExchangeId> &asked,
        const QList<headrace::exchange::Summary> &summaries);

private:
    const exchange::Store *m_store;
    bool m_isBusy = false;
    QThread m_thread;
    QObject m_worker; ///< Of m_thread.
};

} // namespace headrace::ui
