#include "session/clients.h"

namespace headrace::session {

namespace {

http::AgentOptions optionsFor(Clients::Persistence persistence)
{
    http::AgentOptions options;
    options.keepAlive = persistence == Clients::Persistence::KeepAlive;
    return options;
}

} // namespace

Clients::Clients(Persistence persistence)
    : m_plain(optionsFor(persistence))
    , m_verified(optionsFor(persistence))
    , m_unverified(optionsFor(persistence))
{
}

void Clients::setObserver(http::Observer *observer)
{
    m_plain.setObserver(observer);
    m_verified.setObserver(observer);
    m_unverified.setObserver(observer);
}

http::Agent *Clients::agent(bool isSecure, bool verifiesCertificates)
{
    if (!isSecure)
        return &m_plain;
    return verifiesCertificates ? &m_verified : &m_unverified;
}

void Clients::destroy()
{
    m_plain.destroy();
    m_verified.destroy();
    m_unverified.destroy();
}

} // namespace headrace::session
