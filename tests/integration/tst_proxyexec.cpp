#include "nginxserver.h"
#include "proxyprograms.h"

#include <QCryptographicHash>
#include <QDir>

#include <madecertificates.h>

using namespace headrace;

// `headrace exec` with programs whose TLS and whose proxy settings are their own affair.
class ProxyExecTest : public QObject
{
    Q_OBJECT

private:
    ProxyPrograms m_programs;
    std::unique_ptr<NginxServer> m_nginx;
    QString m_http;
    QString m_https;

    QString configuration(const QList<quint16> &ports) const
    {
        return QStringLiteral("  gzip on;\n  gzip_types text/plain;\n"
                              "  server {\n    listen 127.0.0.1:%2;\n    listen 127.0.0.1:%3 ssl;\n"
                              "    root %1/files;\n    ssl_certificate %1/site.pem;\n"
                              "    ssl_certificate_key %1/site.key;\n  }\n")
            .arg(m_programs.folder())
            .arg(ports[0])
            .arg(ports[1]);
    }

    Outcome exec(const QStringList &command, const QStringList &environment = {})
    {
        return run(Program::headrace(), QStringList { u"exec"_qs, u"-v"_qs, u"--"_qs } + command,
            m_programs.environment() + environment);
    }

    /// One of theirs, in the words of the proxy.
    static bool hasAnswer(const Outcome &outcome, const QString &url)
    {
        return outcome.err.contains("  GET " + url.toLatin1() + "  200  ");
    }

private Q_SLOTS:

    void initTestCase()
    {
        test::MadeCertificate request;
        request.isAuthority = true;
        request.commonName = u"root"_qs;
        const tls::Identity root = test::make(request);
        request = {};
        request.names = QStringList { u"DNS:localhost"_qs };
        const tls::Identity site = test::make(request, root);
        m_programs.write(u"roots.pem"_qs, root.certificatePem());
        m_programs.write(u"site.pem"_qs, site.certificatePem());
        m_programs.write(u"site.key"_qs, site.keyPem());
        QVERIFY(QDir(m_programs.folder()).mkpath(u"files"_qs));
        m_programs.write(u"files/page.txt"_qs, "a static page\n");
        m_programs.write(u"files/large.txt"_qs, QByteArray(6 * 1024 * 1024, 'x'));
        m_nginx = std::make_unique<NginxServer>(m_programs.folder(), 2,
            [this](const QList<quint16> &ports) { return configuration(ports); });
        m_http = QStringLiteral("http://localhost:%1").arg(m_nginx->port(0));
        m_https = QStringLiteral("https://localhost:%1").arg(m_nginx->port(1));
    }

    void npm_installsAPackage()
    {
        QVERIFY2(!QStandardPaths::findExecutable(u"npm"_qs).isEmpty(), "npm is not installed");
        const QDir folder(m_programs.folder());
        for (const char *path : { "made/package", "project", "files/registry", "home" })
            QVERIFY(folder.mkpath(QString::fromLatin1(path)));
        const auto json = [](QByteArray text) { return text.replace('\'', '"'); };
        m_programs.write(u"made/package/package.json"_qs,
            json("{ 'name': 'the-package', 'version': '1.2.3', 'main': 'index.js' }"));
        m_programs.write(u"made/package/index.js"_qs, "module.exports = 'it works';\n");
        m_programs.write(
            u"project/package.json"_qs, json("{ 'name': 'project', 'version': '1.0.0' }"));
        const QString archive = m_programs.path(u"files/registry/the-package-1.2.3.tgz"_qs);
        QCOMPARE(run(Program::tool(u"tar"_qs),
                     { u"czf"_qs, archive, u"-C"_qs, m_programs.path(u"made"_qs), u"package"_qs })
                     .exitCode,
            0);
        const QByteArray integrity = QCryptographicHash::hash(
            m_programs.read(u"files/registry/the-package-1.2.3.tgz"_qs), QCryptographicHash::Sha512)
                                         .toBase64();
        const QString registry = m_https + u"/registry/"_qs;
        m_programs.write(u"files/registry/the-package"_qs,
            json("{ 'name': 'the-package', 'dist-tags': { 'latest': '1.2.3' }, 'versions': { "
                 "'1.2.3': { "
                 "'name': 'the-package', 'version': '1.2.3', 'dist': { 'tarball': '"
                + registry.toLatin1() + "the-package-1.2.3.tgz', 'integrity': 'sha512-" + integrity
                + "' } } } }"));
        const Outcome outcome
            = exec({ Program::tool(u"npm"_qs), u"install"_qs, u"--prefix"_qs,
                       m_programs.path(u"project"_qs), u"--registry"_qs, registry, u"--no-audit"_qs,
                       u"--no-fund"_qs, u"--no-update-notifier"_qs, u"the-package"_qs },
                { u"HOME="_qs + m_programs.path(u"home"_qs) });
        QVERIFY2(outcome.exitCode == 0, outcome.out + outcome.err);
        QVERIFY2(hasAnswer(outcome, registry + u"the-package"_qs), outcome.err);
        QVERIFY2(hasAnswer(outcome, registry + u"the-package-1.2.3.tgz"_qs), outcome.err);
        QCOMPARE(m_programs.read(u"project/node_modules/the-package/index.js"_qs),
            m_programs.read(u"made/package/index.js"_qs));
    }

    void node_comesThroughByItself_data()
    {
        QTest::addColumn<QString>("script"); // SECURE and PLAIN are the origin
        QTest::addColumn<bool>("isSecure");
        QTest::addColumn<QByteArray>("said");
        const QString get
            = u"%1.get(%2, %3response => { let text = ''; response.on('data', piece => text "
              "+= piece).on('end', () => console.log(text.trim())); })"_qs;
        const QByteArray page = "a static page\n";
        QTest::newRow("https") << get.arg(u"require('https')"_qs, u"SECURE + '/page.txt'"_qs,
            QString()) << true << page;
        QTest::newRow("http") << get.arg(
            u"require('http')"_qs, u"PLAIN + '/page.txt'"_qs, QString())
                              << false << page;
        QTest::newRow("no agent") << get.arg(
            u"require('https')"_qs, u"SECURE + '/page.txt'"_qs, u"{ agent: false }, "_qs)
                                  << true << page;
        QTest::newRow("an agent of its own")
            << get.arg(u"require('https')"_qs, u"SECURE + '/page.txt'"_qs,
                   u"{ agent: new (require('https').Agent)({ keepAlive: false }) }, "_qs)
            << true << page;
        const QString fetch
            = u"fetch(%1).then(response => response.text()).then(text => console.log(text.trim()))"_qs;
        QTest::newRow("fetch of https") << fetch.arg(u"SECURE + '/page.txt'"_qs) << true << page;
        QTest::newRow("fetch of http") << fetch.arg(u"PLAIN + '/page.txt'"_qs) << false << page;
        QTest::newRow("fetch of much")
            << u"(async () => { let sum = 0; for (let i = 0; i < 4; ++i) sum += (await (await "
               "fetch(SECURE + '/large.txt')).text()).length; "
               "await fetch(SECURE + '/page.txt'); console.log(sum); })()"_qs
            << true << QByteArray("25165824\n");
        QTest::newRow("an origin that is not there")
            << u"require('https').get('https://localhost:2/').on('error', error => "
               "fetch('http://localhost:2/').catch(other => console.log(error.code, "
               "other.cause.code)))"_qs
            << true << QByteArray("ECONNREFUSED ECONNREFUSED\n");
    }

    void node_comesThroughByItself()
    {
        QFETCH(QString, script);
        QFETCH(bool, isSecure);
        QFETCH(QByteArray, said);
        const Outcome outcome = exec({ Program::tool(u"node"_qs), u"-e"_qs,
            QStringLiteral("const SECURE = '%1', PLAIN = '%2'; %3").arg(m_https, m_http, script) });
        QVERIFY2(outcome.exitCode == 0, outcome.err);
        QCOMPARE(outcome.out, said);
        if (!said.startsWith("ECONN"))
            QVERIFY2(
                hasAnswer(outcome, (isSecure ? m_https : m_http) + u"/page.txt"_qs), outcome.err);
    }

    void python_comesThroughByItself_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("urllib")
            << u"import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())"_qs;
        QTest::newRow("requests")
            << u"import sys, requests as r; print(r.get(sys.argv[1]).text)"_qs;
    }

    void python_comesThroughByItself()
    {
        QFETCH(QString, script);
        const QString python = u"/usr/bin/python3"_qs; // Debian's, which has requests
        for (const QString &origin : { m_http, m_https }) {
            const Outcome outcome = exec({ python, u"-c"_qs, script, origin + u"/page.txt"_qs });
            QVERIFY2(outcome.exitCode == 0, outcome.err);
            QCOMPARE(outcome.out.trimmed(), QByteArray("a static page"));
            QVERIFY2(hasAnswer(outcome, origin + u"/page.txt"_qs), outcome.err);
        }
    }
};

QTEST_GUILESS_MAIN(ProxyExecTest)
#include "tst_proxyexec.moc"
