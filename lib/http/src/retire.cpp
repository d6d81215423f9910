#include "retire.h"

#include "threadglobal.h"
#include "tickqueue.h"

#include <QPointer>
#include <QThread>

#include <vector>

namespace headrace::http {

namespace {

/// Takes its objects along when it is deleted, which is left to deleteLater().
class Batch : public QObject
{
public:
    Batch(int loopLevel, QObject *parent)
        : QObject(parent)
        , m_loopLevel(loopLevel)
    {
        deleteLater();
    }

    ~Batch() override
    {
        m_closed = true; // what is retired by these deletions is the next batch's
        for (const QPointer<QObject> &object : m_objects)
            delete object;
    }

    void add(QObject *object) { m_objects.emplace_back(object); }

    bool isOpen(int loopLevel) const { return !m_closed && loopLevel == m_loopLevel; }

private:
    std::vector<QPointer<QObject>> m_objects;
    /// A nested event loop deletes what was retired in it, and nothing of the loops around it.
    int m_loopLevel;
    bool m_closed = false;
};

/// The batch of this turn; owner of those that are on their way.
class Retirement : public QObject
{
public:
    using QObject::QObject;

    Batch *current()
    {
        const int loopLevel = m_thread->loopLevel();
        if (!m_current || !m_current->isOpen(loopLevel))
            m_current = new Batch(loopLevel, this);
        return m_current;
    }

private:
    QThread *m_thread = QThread::currentThread();
    QPointer<Batch> m_current;
};

} // namespace

void retire(QObject *object)
{
    if (!TickQueue::current().retire(object))
        ThreadGlobal<Retirement>::get()->current()->add(object);
}

} // namespace headrace::http
