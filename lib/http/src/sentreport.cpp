#include "sentreport.h"

namespace headrace::http {

wire::Head parseSentHead(const QByteArray &octets, wire::MessageKind kind)
{
    wire::MessageParser parser(kind, {}, wire::Lenience::Insecure);
    parser.feed(octets);
    for (;;) {
        switch (parser.next()) {
        case wire::MessageParser::Event::Head:
            return parser.takeHead();
        case wire::MessageParser::Event::Fault:
        case wire::MessageParser::Event::NeedMore: {
            wire::Head unreadable; // an odd reason phrase, say: the octets are the truth
            unreadable.fields = wire::Fields(octets);
            return unreadable;
        }
        default:
            break;
        }
    }
}

wire::Fields sentTrailers(const QList<wire::FieldLine> &trailers)
{
    QByteArray block;
    QList<wire::Fields::Field> spans;
    for (const auto &[name, value] : trailers) {
        const wire::Span nameSpan { block.size(), name.size() };
        block += name + ": ";
        const wire::Span valueSpan { block.size(), value.size() };
        block += value + "\r\n";
        spans.append({ nameSpan, valueSpan });
    }
    block += "\r\n";
    wire::Fields fields(block);
    for (const wire::Fields::Field &field : spans)
        fields.append(field);
    return fields;
}

} // namespace headrace::http
