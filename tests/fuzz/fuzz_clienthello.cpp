// What a client says first in a tunnel. Source: tls/clienthello.h.
#include "input.h"
#include "require.h"

#include <tls/clienthello.h>

using namespace headrace::fuzz;
using headrace::tls::ClientHello;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 2);
    const QByteArray &octets = input.octets();
    ClientHello whole;
    const ClientHello::Result result = ClientHello::parse(octets, &whole);
    if (result != ClientHello::Result::Hello)
        require(whole == ClientHello(), "only a hello is told of");
    if (octets.size() >= ClientHello::MostOctets)
        require(
            result != ClientHello::Result::NeedMore, "no more is waited for than a hello can have");
    require(whole.serverName == whole.serverName.toLower(), "names are in lower case");

    // What more octets decide, fewer left open.
    const qsizetype end = octets.size() * (input.choose(256) * 256 + input.choose(256)) / 65'536;
    ClientHello early;
    const ClientHello::Result before
        = ClientHello::parse(QByteArrayView(octets).first(end), &early);
    if (before == ClientHello::Result::NotTls)
        require(result == ClientHello::Result::NotTls, "what is none does not become one");
    if (before == ClientHello::Result::Hello) {
        require(result == ClientHello::Result::Hello, "what is one stays one");
        require(early == whole, "what follows a hello changes nothing of it");
    }
    return 0;
}
