#pragma once

#include <QString>
#include <QVariant>

#include <functional>
#include <vector>

namespace headrace::ui {

class Settings;

/// What a window remembers from one time to the next: parts of it by their key in the settings.
class WindowMemory
{
public:
    explicit WindowMemory(Settings &settings); ///< Borrowed.

    /// \a restore gets a null value when nothing is remembered.
    void add(const QString &key, std::function<QVariant()> save,
        std::function<void(const QVariant &)> restore);

    /// The state of \a part, which has functions to save and to restore it as a QByteArray. Borrowed.
    template <class Part>
    void add(const QString &key, Part *part, QByteArray (Part::*save)() const,
        void (Part::*restore)(const QByteArray &))
    {
        add(
            key, [part, save] { return QVariant((part->*save)()); },
            [part, restore](const QVariant &value) { (part->*restore)(value.toByteArray()); });
    }

    /// An index from 0 to \a count - 1; clamped.
    void addIndex(
        const QString &key, int count, std::function<int()> save, std::function<void(int)> restore);

    void restore(); ///< In the order in which they were added.
    void save();

private:
    struct Part
    {
        QString key;
        std::function<QVariant()> save;
        std::function<void(const QVariant &)> restore;
    };

    Settings &m_settings;
    std::vector<Part> m_parts;
};

} // namespace headrace::ui
