#pragma once

#include <QByteArrayView>

namespace headrace::wire {

/// A part of a block of octets. Unit: octets from the first octet of the block the span belongs to.
struct Span
{
    qsizetype offset = 0;
    qsizetype length = 0;

    qsizetype end() const { return offset + length; }

    QByteArrayView in(QByteArrayView block) const { return block.sliced(offset, length); }

    friend bool operator==(const Span &, const Span &) = default;
};

} // namespace headrace::wire
