#pragma once

#include "shell/background.h"

#include <exchange/octetsource.h>

#include <QCache>
#include <QSet>

#include <optional>

namespace headrace::ui {

/** What a view sees of octets that are not all in memory: reads pages beside the GUI thread and keeps those last
    used, 4 MiB of them. Thread: GUI. */
class OctetCache : public QObject
{
    Q_OBJECT

public:
    explicit OctetCache(QObject *parent = nullptr);

    /// \a isGrown: it begins with what the source before has. Null: nothing.
    void setSource(const exchange::OctetSourcePointer &source, bool isGrown = false);
    const exchange::OctetSourcePointer &source() const;
    qint64 size() const;

    /// These octets, fewer at the end; nothing: they are being read, arrived() follows. At most 1 MiB.
    std::optional<QByteArray> window(qint64 offset, qint64 length);

    /// The same at once: may take the time of a disk access. At most \a length octets.
    QByteArray readNow(qint64 offset, qint64 length) const;

Q_SIGNALS:
    void arrived();

private:
    static constexpr qint64 PageOctets = 64 * 1024;
    static constexpr qsizetype MostPages = 64;

    struct Page
    {
        qint64 number = 0;
        QByteArray octets;
    };

    void readWanted();
    void take(quint64 generation, const QList<Page> &pages);

    exchange::OctetSourcePointer m_source;
    QCache<qint64, QByteArray> m_pages { MostPages };
    QSet<qint64> m_wanted;
    bool m_isReading = false;
    quint64 m_generation = 0; ///< Of the source.
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
