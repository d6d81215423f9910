// bench_through MODE PROXY_PORT ORIGIN_PORT CONNECTIONS SECONDS [RATE]: GETs over kept connections, each in a thread of
// its own, as fast as they are answered or RATE a second on each. MODE: direct and direct-tls (to the origin), plain
// (through the proxy), tls (in a CONNECT tunnel, whatever certificate is shown). Prints rate and latencies. It drives; it is not measured.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void giveUp(const char *what)
{
    std::fprintf(stderr, "bench_through: %s\n", what);
    std::_Exit(1);
}

class Connection
{
public:
    Connection(const std::string &mode, int proxyPort, int originPort)
    {
        const bool isDirect = mode.starts_with("direct");
        const int port = isDirect ? originPort : proxyPort;
        m_socket = socket(AF_INET, SOCK_STREAM, 0);
        const int on = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(uint16_t(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            giveUp("no connection");
        const std::string host = "127.0.0.1:" + std::to_string(originPort);
        const std::string path = mode == "plain" ? "http://" + host + "/" : "/";
        m_request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        if (mode == "tls") {
            write("CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            readMessage();
        }
        if (mode.ends_with("tls"))
            startTls();
    }

    ~Connection()
    {
        SSL_free(m_ssl);
        close(m_socket);
    }

    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void get()
    {
        write(m_request);
        readMessage();
    }

private:
    void startTls()
    {
        static SSL_CTX *const context = SSL_CTX_new(TLS_client_method());
        m_ssl = SSL_new(context);
        SSL_set_fd(m_ssl, m_socket);
        SSL_set_tlsext_host_name(m_ssl, "localhost");
        if (SSL_connect(m_ssl) != 1)
            giveUp("no TLS");
    }

    void write(const std::string &octets)
    {
        const auto size = int(octets.size());
        const long sent = m_ssl ? SSL_write(m_ssl, octets.data(), size)
                                : ::send(m_socket, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (sent != size)
            giveUp("it cannot be written");
    }

    void readMessage() // of a head, and of as many octets as Content-Length says
    {
        std::string got;
        std::size_t whole = std::string::npos;
        while (got.size() < whole) {
            char buffer[16 * 1024];
            const long size = m_ssl ? SSL_read(m_ssl, buffer, sizeof buffer)
                                    : recv(m_socket, buffer, sizeof buffer, 0);
            if (size <= 0)
                giveUp("the connection was closed");
            got.append(buffer, std::size_t(size));
            const std::size_t end = got.find("\r\n\r\n");
            if (whole != std::string::npos || end == std::string::npos)
                continue;
            if (got.compare(0, 9, "HTTP/1.1 ") != 0 || got[9] != '2')
                giveUp(got.c_str());
            const std::size_t length = got.find("Content-Length: ");
            whole = end + 4
                + (length < end ? std::strtoul(got.c_str() + length + 16, nullptr, 10) : 0);
        }
    }

    int m_socket;
    SSL *m_ssl = nullptr;
    std::string m_request;
};

double at(const std::vector<double> &sorted, double share)
{
    return sorted.at(std::size_t(share * double(sorted.size() - 1)));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6)
        giveUp("MODE PROXY_PORT ORIGIN_PORT CONNECTIONS SECONDS [RATE]");
    const std::string mode = argv[1];
    const int connections = std::atoi(argv[4]);
    const double rate = argc > 6 ? std::atof(argv[6]) : 0;
    const auto end = Clock::now() + std::chrono::duration<double>(std::atof(argv[5]));
    std::vector<std::vector<double>> latencies { std::size_t(connections) };
    std::vector<std::thread> threads;
    for (std::vector<double> &own : latencies) {
        threads.emplace_back([&] {
            Connection connection(mode, std::atoi(argv[2]), std::atoi(argv[3]));
            for (auto next = Clock::now(); Clock::now() < end;) {
                const auto begin = Clock::now();
                connection.get();
                own.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
                if (rate > 0) {
                    next += std::chrono::duration_cast<Clock::duration>(
                        std::chrono::duration<double>(1 / rate));
                    std::this_thread::sleep_until(next);
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    std::vector<double> all;
    for (const std::vector<double> &own : latencies)
        all.insert(all.end(), own.begin(), own.end());
    std::sort(all.begin(), all.end());
    std::printf("requests %zu\nrequests_per_second %.0f\nmedian_ms %.3f\np99_ms %.3f\n", all.size(),
        double(all.size()) / std::atof(argv[5]), at(all, 0.5), at(all, 0.99));
    return 0;
}
