#pragma once

#include <exchange/exchange.h>

#include <QByteArray>
#include <QList>

namespace headrace::formats::curl {

/** The fields of one request as curl puts them in order: its own first, each left out where a header of -H has its name,
    then those of -H, then what frames the body. */
class FieldOrder
{
public:
    /// \a headers: of -H as given; "Name:" takes a field out, "Name;" sends it empty.
    explicit FieldOrder(const QList<QByteArray> &headers);

    bool isGiven(QByteArrayView name) const; ///< Also by "Name:".

    /// The value that -H gives; null without.
    QByteArray given(QByteArrayView name) const;

    void addOwn(const QByteArray &name, const QByteArray &value); ///< Unless given.
    void addAlways(const QByteArray &name, const QByteArray &value);

    /// All of -H, but those whose name is in \a taken.
    void addGiven(const QList<QByteArray> &taken = {});

    exchange::FieldList fields() const;

private:
    struct Given
    {
        QByteArray name;
        QByteArray value;
        bool isSent = false;
    };

    QList<Given> m_given;
    exchange::FieldList m_fields;
};

} // namespace headrace::formats::curl
