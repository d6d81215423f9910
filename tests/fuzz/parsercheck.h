#pragma once

#include "require.h"

#include <wire/messageparser.h>

#include <QByteArray>

/** What holds for any octets: every octet is reported once and in order, positions count them, heads and
    trailers are made of the octets that were reported, and cutting the octets in two changes nothing. */
namespace headrace::wire::fuzz {

/// What a run made of its octets, without regard to how they were cut.
struct Account
{
    QByteArray octets;
    QByteArray body;
    QByteArray milestones;

    friend bool operator==(const Account &, const Account &) = default;
};

using headrace::fuzz::require;

inline void addFields(Account &account, const Fields &fields)
{
    for (qsizetype index = 0; index < fields.count(); ++index) {
        account.milestones.append(fields.name(index)).append(':');
        account.milestones.append(fields.value(index)).append('\n');
    }
}

inline void addHead(Account &account, const Head &head)
{
    account.milestones.append(head.part(head.method)).append(' ');
    account.milestones.append(head.part(head.target)).append(' ');
    account.milestones.append(head.part(head.reason)).append(' ');
    account.milestones.append(QByteArray::number(head.statusCode));
    account.milestones.append(head.keepAlive ? " keep" : " close");
    account.milestones.append(head.upgradeRequested ? " upgrade\n" : "\n");
    addFields(account, head.fields);
}

/// The first octet of the input chooses what the owner of the parser does.
struct Choices
{
    Lenience lenience = Lenience::Strict;
    bool skipBody = false;
    bool enterTunnel = false;
    bool small = false;

    explicit Choices(uchar bits)
        : lenience(bits & 1 ? Lenience::Insecure : Lenience::Strict)
        , skipBody(bits & 2)
        , enterTunnel(bits & 4)
        , small(bits & 8)
    {
    }

    ParserLimits limits() const
    {
        ParserLimits limits;
        if (small)
            limits = { .maxHeaderSize = 64, .maxChunkExtensions = 16 };
        return limits;
    }
};

/// False when the parser takes no more.
inline bool drain(MessageParser &parser, const Choices &choices, Account &account)
{
    using Event = MessageParser::Event;
    while (true) {
        const Event event = parser.next();
        require(parser.position() == account.octets.size(), "position");
        account.octets += parser.octets();
        switch (event) {
        case Event::NeedMore:
            return true;
        case Event::Fault:
            account.milestones += "fault " + QByteArray(name(parser.error().code).data())
                + QByteArray::number(parser.position());
            require(bool(parser.error()), "a fault has a code");
            require(parser.error().bytesParsed <= parser.error().rawPacket.size(), "bytesParsed");
            return false;
        case Event::Octets:
            require(!parser.octets().isEmpty(), "octets");
            if (parser.part() == MessagePart::Body)
                account.body += parser.octets();
            break;
        case Event::Head:
            require(account.octets.endsWith(parser.head().octets()), "head octets");
            addHead(account, parser.head());
            if (choices.enterTunnel && parser.head().upgradeRequested)
                parser.enterTunnel();
            else if (choices.skipBody)
                parser.skipBody();
            break;
        case Event::ChunkHeader:
            account.milestones += "chunk " + QByteArray::number(parser.chunkHeader().size)
                + parser.chunkHeader().extensions + '\n';
            break;
        case Event::Trailers:
            require(account.octets.endsWith(parser.trailers().block()), "trailer octets");
            addFields(account, parser.trailers());
            break;
        case Event::MessageEnd:
            require(!parser.isInMessage(), "in no message");
            account.milestones += "end\n";
            break;
        case Event::MessageBegin:
        case Event::ChunkEnd:
        case Event::Tunnel:
            break;
        }
    }
}

inline Account run(MessageKind kind, const Choices &choices, const QByteArrayList &pieces)
{
    Account account;
    MessageParser parser(kind, choices.limits(), choices.lenience);
    QByteArray fed;
    for (const QByteArray &piece : pieces) {
        fed += piece;
        parser.feed(piece);
        if (!drain(parser, choices, account)) {
            require(fed == account.octets, "octets up to the fault");
            account.octets.clear(); // what follows the fault depends on the cut
            return account;
        }
    }
    require(fed == account.octets, "all octets");
    parser.feedEof();
    drain(parser, choices, account);
    return account;
}

inline void check(MessageKind kind, const uchar *data, size_t size)
{
    if (size < 3)
        return;
    const Choices choices(data[0]);
    const QByteArray octets(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
    const qsizetype cut = data[1] * octets.size() / 256;
    const Account whole = run(kind, choices, { octets });
    require(run(kind, choices, { octets.first(cut), octets.sliced(cut) }) == whole, "cut in two");
    QByteArrayList single;
    for (const char octet : octets)
        single.append(QByteArray(1, octet));
    if (octets.size() < 500)
        require(run(kind, choices, single) == whole, "octet by octet");
}

} // namespace headrace::wire::fuzz
