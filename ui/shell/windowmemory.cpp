#include "shell/windowmemory.h"

#include "shell/settings.h"

#include <algorithm>

namespace headrace::ui {

WindowMemory::WindowMemory(Settings &settings)
    : m_settings(settings)
{
}

void WindowMemory::add(const QString &key, std::function<QVariant()> save,
    std::function<void(const QVariant &)> restore)
{
    m_parts.push_back({ key, std::move(save), std::move(restore) });
}

void WindowMemory::addIndex(
    const QString &key, int count, std::function<int()> save, std::function<void(int)> restore)
{
    add(key, std::move(save), [count, restore = std::move(restore)](const QVariant &value) {
        restore(std::clamp(value.toInt(), 0, count - 1));
    });
}

void WindowMemory::restore()
{
    for (const Part &part : m_parts)
        part.restore(m_settings.value(part.key));
}

void WindowMemory::save()
{
    for (const Part &part : m_parts)
        m_settings.setValue(part.key, part.save());
}

} // namespace headrace::ui
