#pragma once

#include "http/keepable.h"

#include <QObject>
#include <QPointer>

#include <vector>

namespace headrace::http {

/** Objects that go away with their owner at the latest, as its children would: for those that come and go
    with every message. Qt tells a parent of each child by two events, which cost more than the child.
    An object that was given a parent since is left to it. */
class Wards
{
public:
    Wards() = default;

    ~Wards()
    {
        for (const QPointer<QObject> &object : m_objects) {
            if (!object || object->parent())
                continue;
            auto *message = dynamic_cast<Keepable *>(object.data());
            if (!message || !message->release())
                delete object;
        }
    }

    Q_DISABLE_COPY_MOVE(Wards)

    void add(QObject *object)
    {
        std::erase_if(m_objects, [](const QPointer<QObject> &known) { return known.isNull(); });
        m_objects.emplace_back(object);
    }

private:
    std::vector<QPointer<QObject>> m_objects; ///< Null: it went away by itself.
};

} // namespace headrace::http
