#include "llhttphead_p.h"

namespace headrace::wire {

namespace {

llhttp_settings_t makeSettings(llhttp_cb onHeadersComplete)
{
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_headers_complete = onHeadersComplete;
    return settings;
}

} // namespace

int LlhttpHead::onHeadersComplete(llhttp_t *parser)
{
    static_cast<LlhttpHead *>(parser->data)->m_complete = true;
    return HPE_PAUSED; // the body is not for llhttp
}

LlhttpHead::LlhttpHead(MessageKind kind, Lenience lenience)
    : m_kind(kind)
    , m_lenience(lenience)
{
    begin();
}

void LlhttpHead::begin()
{
    static const llhttp_settings_t settings = makeSettings(&LlhttpHead::onHeadersComplete);
    llhttp_init(
        &m_parser, m_kind == MessageKind::Request ? HTTP_REQUEST : HTTP_RESPONSE, &settings);
    if (m_lenience == Lenience::Insecure) {
        llhttp_set_lenient_headers(&m_parser, 1);
        llhttp_set_lenient_chunked_length(
            &m_parser, 1); // HeadReader refuses what is really chunked
        llhttp_set_lenient_transfer_encoding(&m_parser, 1);
        m_parser.lenient_flags |= LENIENT_VERSION; // has no function in llhttp 8.1
    }
    m_complete = false;
    m_fault = {};
}

qsizetype LlhttpHead::feed(QByteArrayView octets)
{
    if (octets.isEmpty())
        return 0;
    m_parser.data = this; // the object may have been moved since
    const llhttp_errno_t result = llhttp_execute(&m_parser, octets.data(), size_t(octets.size()));
    if (result == HPE_OK)
        return octets.size();

    const char *const stop = llhttp_get_error_pos(&m_parser);
    const qsizetype accepted = stop ? stop - octets.data() : 0;
    if (m_complete && accepted == octets.size())
        return accepted;
    m_fault.code = errorCodeFromName(llhttp_errno_name(result));
    if (m_complete || m_fault.code == ErrorCode::None)
        m_fault.code = ErrorCode::ParserInternal;
    m_fault.reason = QLatin1StringView(llhttp_get_error_reason(&m_parser));
    constexpr QLatin1StringView aside(" (strict mode)");
    if (m_fault.reason.endsWith(aside))
        m_fault.reason.chop(aside.size());
    return accepted;
}

} // namespace headrace::wire
