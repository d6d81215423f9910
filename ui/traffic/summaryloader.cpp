#include "traffic/summaryloader.h"

namespace headrace::ui {

using exchange::ExchangeId;

SummaryLoader::SummaryLoader(const exchange::Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_thread.setObjectName(QStringLiteral("summaries"));
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

SummaryLoader::~SummaryLoader()
{
    m_thread.quit();
    m_thread.wait();
}

bool SummaryLoader::isBusy() const { return m_isBusy; }

void SummaryLoader::load(const QList<ExchangeId> &ids)
{
    Q_ASSERT(!m_isBusy);
    m_isBusy = true;
    QMetaObject::invokeMethod(
        &m_worker,
        [this, ids] {
            const QList<exchange::Summary> summaries = m_store->summaries(ids);
            QMetaObject::invokeMethod(
                this,
                [this, ids, summaries] {
                    m_isBusy = false;
                    Q_EMIT loaded(ids, summaries);
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace headrace::ui
