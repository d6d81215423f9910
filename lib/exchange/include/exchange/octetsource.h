#pragma once

#include <QByteArray>

#include <memory>

namespace headrace::exchange {

/** Octets that can be read at any place, however many there are: nothing else of them need be in memory.
    They never change; what grows is another source. Thread: any. */
class OctetSource
{
public:
    OctetSource() = default;
    virtual ~OctetSource() = default;
    Q_DISABLE_COPY_MOVE(OctetSource)

    virtual qint64 size() const = 0; ///< Unit: octets.

    /// Fewer than \a length octets at the end, or where they cannot be read. May take the time of a disk access.
    virtual QByteArray read(qint64 offset, qint64 length) const = 0;

    /// Reading takes no time: the octets are in memory already.
    virtual bool isInMemory() const { return false; }
};

using OctetSourcePointer = std::shared_ptr<const OctetSource>;

/// Octets in memory.
class MemoryOctets : public OctetSource
{
public:
    explicit MemoryOctets(const QByteArray &octets);

    qint64 size() const override;
    QByteArray read(qint64 offset, qint64 length) const override;
    bool isInMemory() const override;

private:
    QByteArray m_octets;
};

/// A part of another source.
class OctetSlice : public OctetSource
{
public:
    /// What does not lie within \a whole is left out.
    OctetSlice(OctetSourcePointer whole, qint64 begin, qint64 size);

    qint64 size() const override;
    QByteArray read(qint64 offset, qint64 length) const override;
    bool isInMemory() const override;

private:
    OctetSourcePointer m_whole;
    qint64 m_begin;
    qint64 m_size;
};

} // namespace headrace::exchange
