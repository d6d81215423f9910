#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace headrace::exchange::search {

/** A literal prepared for being looked for: two of its octets that are rare in text are compared at sixteen
    places at once, and the rest where both are there. Linear at worst.
    Thread: any. */
class Literal
{
public:
    /// Case is that of ASCII's letters. \a octets: not empty.
    Literal(const QByteArray &octets, bool isCaseSensitive);

    qsizetype size() const { return m_octets.size(); }

    /// -1: it is not there.
    qsizetype indexIn(QByteArrayView octets) const;

private:
    bool isAt(const char *place) const;
    qsizetype linearIndexIn(QByteArrayView octets, qsizetype from) const;

    QByteArray m_octets; ///< Lower case if case does not matter.
    bool m_isCaseSensitive;
    qsizetype m_first = 0; ///< Places of the two octets in it, in this order.
    qsizetype m_second = 0;
};

} // namespace headrace::exchange::search
