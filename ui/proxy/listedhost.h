#pragma once

#include <exchange/exchange.h>

#include <QStringList>

#include <optional>

namespace headrace::ui {

/// The host of an exchange, as the lists of hosts in proxy::Settings have it.
struct ListedHost
{
    QString name; ///< Name or address; IPv6 without brackets.
    quint16 port = 0;
    QString text; ///< As a list has it: with the port unless that is the one of http or https.

    /// Nothing: the exchange names none. Of CONNECT it is the one that the tunnel goes to.
    static std::optional<ListedHost> of(const exchange::Summary &summary);

    /// The entry of \a list that takes it; empty: none does.
    QString entryIn(const QStringList &list) const;

    /// Whether that entry is for this host alone, so that it can go without a thought of others.
    bool isAloneIn(const QString &entry) const;

    /// \a list with it, or without: entries for others as well stay.
    QStringList with(const QStringList &list) const;
    QStringList without(const QStringList &list) const;

    friend bool operator==(const ListedHost &, const ListedHost &) = default;
};

} // namespace headrace::ui
