#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace headrace::proxy {

/** Hosts as people list them:
      api.example.test      that name
      *.example.test        all names below it
      .example.test         it, and all names below it
      *                     all
      10.0.0.1, ::1         an address
      10.0.0.0/8            all addresses in it
    each with a port if only that one is meant: "*:8443", "[::1]:443". Case does not matter; names may be written as
    IDNA has them or as people do. A value; copies share. Thread: any. */
class HostList
{
public:
    HostList() = default;

    /// Patterns that are none are left out; see problemOf().
    explicit HostList(const QStringList &patterns);

    bool isEmpty() const { return m_entries.isEmpty(); }

    /// \a host: a name or an address, as it stands in targets; brackets do not matter.
    bool contains(const QString &host, quint16 port) const { return !match(host, port).isNull(); }

    /// The first pattern that takes it, as it was given; null: none does.
    QString match(const QString &host, quint16 port) const;

    /// What is wrong with a pattern, for people; empty: nothing.
    static QString problemOf(const QString &pattern);

private:
    enum class Kind
    {
        All,
        Name,
        Below,
        NameAndBelow,
        Subnet
    };

    struct Entry
    {
        QString text;
        Kind kind = Kind::All;
        QByteArray name; ///< In ASCII, lower case; Below…: with the dot before it.
        QHostAddress address;
        int prefix = 0; ///< Bits of the address that count.
        quint16 port = 0; ///< 0: any.
    };

    static std::optional<Entry> read(const QString &pattern);

    QList<Entry> m_entries;
};

} // namespace headrace::proxy
