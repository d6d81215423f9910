#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace headrace::formats::curl {

/// The options that say something of the request; all others have None.
enum class Id
{
    None,
    Anyauth,
    Basic,
    Compressed,
    ConnectTo,
    ContinueAt,
    Cookie,
    Data,
    DataAscii,
    DataBinary,
    DataRaw,
    DataUrlencode,
    Digest,
    EtagCompare,
    Form,
    FormString,
    Get,
    Globoff,
    Head,
    Header,
    Http10,
    Http11,
    Insecure,
    Json,
    Location,
    LocationTrusted,
    MaxTime,
    Negotiate,
    Next,
    Ntlm,
    NtlmWb,
    Oauth2Bearer,
    PathAsIs,
    ProtoDefault,
    Proxy,
    ProxyHeader,
    ProxyUser,
    Proxytunnel,
    Range,
    Referer,
    Request,
    RequestTarget,
    Resolve,
    TimeCond,
    TrEncoding,
    UploadFile,
    Url,
    UrlQuery,
    UseAscii,
    User,
    UserAgent
};

enum class Arity
{
    Flag, ///< None; `--no-` turns it off.
    Alone, ///< None; there is no `--no-`.
    Value
};

/// What an option means to a request that somebody else sends.
enum class Effect
{
    Used,
    Silent, ///< Of the output, or of what follows the first answer.
    Meaningless, ///< Of how curl goes about it; the request stays.
    Unsupported ///< The request would be another one.
};

struct Option
{
    const char *name; ///< Without dashes.
    char letter; ///< 0: none.
    Arity arity;
    Effect effect;
    Id id;
};

/// One option as it was looked up.
struct OptionMatch
{
    const Option *option = nullptr; ///< Null: there is none, or it is ambiguous.
    bool isOn = true; ///< False: --no-
    bool isAmbiguous = false;
};

/// \a name: without dashes; an unambiguous beginning will do.
OptionMatch findOption(QByteArrayView name);
const Option *findOption(char letter);

} // namespace headrace::formats::curl
