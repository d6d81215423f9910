#include "proxyprograms.h"
#include "support/program.h"
#include "support/rawserver.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

#include <memory>

// `headrace proxy` and `headrace exec` between programs that people use.
class ProxyTest : public QObject
{
    Q_OBJECT

private:
    using Proxy = ProxyPrograms::Proxy;

    ProxyPrograms m_programs;

    struct Site
    {
        std::unique_ptr<Program> program;
        QString http;
        QString https;
    };

    Site m_site;
    QString m_http;
    QString m_https;

    QString path(const QString &name) const { return m_programs.path(name); }

    QStringList environment() const { return m_programs.environment(); }

    QString authority() const { return m_programs.authority(); }

    Proxy startProxy(const QStringList &arguments = {}) { return m_programs.startProxy(arguments); }

    static void openssl(const QStringList &arguments)
    {
        const Outcome outcome = run(Program::tool(u"openssl"_qs), arguments);
        if (outcome.exitCode != 0)
            qFatal("openssl: %s", outcome.err.constData());
    }

    Site startSite()
    {
        Site site;
        site.program = std::make_unique<Program>(Program::tool(u"node"_qs),
            QStringList { QStringLiteral(SITE_SCRIPT), path(u"roots.pem"_qs), path(u"site.key"_qs),
                m_programs.folder() });
        site.http = u"http://127.0.0.1:"_qs + site.program->waitForLine(u"^http (.*)$"_qs);
        site.https = u"https://localhost:"_qs + site.program->waitForLine(u"^https (.*)$"_qs);
        return site;
    }

    QByteArray curl(const Proxy &proxy, const QStringList &arguments)
    {
        return m_programs.curl(proxy, arguments);
    }

private Q_SLOTS:

    void initTestCase()
    {
        openssl({ u"req"_qs, u"-x509"_qs, u"-newkey"_qs, u"ec"_qs, u"-pkeyopt"_qs,
            u"ec_paramgen_curve:prime256v1"_qs, u"-nodes"_qs, u"-days"_qs, u"2"_qs, u"-subj"_qs,
            u"/CN=site"_qs, u"-addext"_qs, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_qs,
            u"-keyout"_qs, path(u"site.key"_qs), u"-out"_qs, path(u"roots.pem"_qs) });
        m_site = startSite();
        m_http = m_site.http;
        m_https = m_site.https;
    }

    void curl_comesThrough()
    {
        Proxy proxy = startProxy();
        QVERIFY(curl(proxy, { m_http + u"/style.css"_qs }).contains("color: green"));
        QVERIFY(curl(proxy, { m_https + u"/style.css"_qs }).contains("color: green"));
        QCOMPARE(curl(proxy, { u"-d"_qs, u"12345"_qs, m_https + u"/data"_qs }), "{\"octets\":5}");
        QFile large(path(u"large"_qs));
        QVERIFY(large.open(QIODevice::WriteOnly));
        large.write(QByteArray(5 * 1024 * 1024, 'x'));
        large.close();
        QCOMPARE(curl(proxy,
                     { u"-H"_qs, u"Expect: 100-continue"_qs, u"-T"_qs, large.fileName(), u"-X"_qs,
                         u"POST"_qs, m_https + u"/data"_qs }),
            "{\"octets\":5242880}");
        const QByteArray lines = proxy.stop();
        QCOMPARE(lines.count("\n"), 1 + 4 + 3); // three tunnels
        QVERIFY2(lines.contains("  POST https://localhost:"), lines);
    }

    void originThatIsNotTrusted_isToldWithTheCause()
    {
        const Outcome strict = run(Program::headrace(),
            { u"exec"_qs, u"--"_qs, Program::tool(u"curl"_qs), u"-sSi"_qs, m_https + u"/"_qs },
            { u"HEADRACE_CA_DIR="_qs + path(u"authority"_qs), u"SSL_CERT_FILE="_qs,
                u"http_proxy="_qs });
        QVERIFY2(strict.out.contains("HTTP/1.1 502 Bad Gateway\r\n"), strict.out + strict.err);
        QVERIFY2(strict.out.contains("error=tls_certificate_error"), strict.out);
        QVERIFY2(strict.out.contains("is signed by itself"), strict.out);
        Proxy lenient = startProxy({ u"--insecure"_qs, u"localhost"_qs });
        QVERIFY(curl(lenient, { m_https + u"/style.css"_qs }).contains("color: green"));
        lenient.stop();
    }

    void hostThatIsNotIntercepted_showsItsOwnCertificate()
    {
        Proxy proxy = startProxy({ u"--no-intercept"_qs, u"localhost"_qs });
        const Outcome outcome = run(Program::tool(u"curl"_qs),
            { u"-sS"_qs, u"-x"_qs, proxy.url, u"--cacert"_qs, path(u"roots.pem"_qs),
                m_https + u"/style.css"_qs });
        QVERIFY2(outcome.out.contains("color: green"), outcome.err);
        const QByteArray lines = proxy.stop();
        QVERIFY2(lines.contains("  CONNECT localhost:"), lines);
        QVERIFY2(!lines.contains("style.css"), lines);
    }

    void reverseProxy_standsForItsOrigin()
    {
        Proxy proxy = startProxy({ u"--reverse"_qs, m_https });
        const Outcome outcome
            = run(Program::tool(u"curl"_qs), { u"-sS"_qs, proxy.url + u"/style.css"_qs });
        QVERIFY2(outcome.out.contains("color: green"), outcome.out + outcome.err);
        proxy.stop();
    }

    void proxyBehindProxy_isAsked()
    {
        Proxy behind = startProxy({ u"--auth"_qs, u"me:secret"_qs });
        QString withUser = behind.url;
        withUser.replace(u"http://"_qs, u"http://me:secret@"_qs);
        Proxy before = startProxy({ u"--upstream"_qs, withUser });
        QVERIFY(curl(before, { m_http + u"/style.css"_qs }).contains("color: green"));
        QVERIFY(curl(before, { u"--proxytunnel"_qs, m_http + u"/style.css"_qs })
                    .contains("color: green"));
        before.stop();
        // TLS that the one behind looks into is not that of the origin.
        Proxy unverified = startProxy({ u"--upstream"_qs, withUser, u"--insecure"_qs, u"*"_qs });
        QVERIFY(curl(unverified, { m_https + u"/style.css"_qs }).contains("color: green"));
        unverified.stop();
        const Outcome refused = run(Program::tool(u"curl"_qs),
            { u"-sSi"_qs, u"-x"_qs, behind.url, m_http + u"/style.css"_qs });
        QVERIFY2(refused.out.startsWith("HTTP/1.1 407 "), refused.out);
        const QByteArray lines = behind.stop();
        QCOMPARE(lines.count("/style.css"), 4);
    }

    void rules_areAppliedAndReadAgain()
    {
        QFile rules(path(u"rules.json"_qs));
        const auto write = [&](const QByteArray &text) {
            QVERIFY(rules.open(QIODevice::WriteOnly | QIODevice::Truncate));
            rules.write("{ \"headrace\": \"rules\", \"version\": 1, \"rules\": [ { \"name\": "
                        "\"one\", \"filter\": \"path:/made\", "
                        "\"answer\": { \"status\": 299, \"body\": \""
                + text + "\" } } ] }");
            rules.close();
        };
        write("made up");
        Proxy proxy = startProxy({ u"--rules"_qs, rules.fileName() });
        QCOMPARE(curl(proxy, { m_http + u"/made"_qs }), "made up");
        QCOMPARE(curl(proxy, { m_https + u"/made"_qs }), "made up");
        QVERIFY(curl(proxy, { m_http + u"/style.css"_qs }).contains("color: green"));
        write("another");
        QTRY_COMPARE_WITH_TIMEOUT(
            curl(proxy, { m_http + u"/made"_qs }), "another", Program::patience);
        proxy.stop();
    }

    void git_comesThroughExec()
    {
        const QString git = Program::tool(u"git"_qs);
        const QString work = path(u"work"_qs);
        const QString bare = path(u"repository.git"_qs);
        const QStringList identity { u"GIT_AUTHOR_NAME=a"_qs, u"GIT_AUTHOR_EMAIL=a@test"_qs,
            u"GIT_COMMITTER_NAME=a"_qs, u"GIT_COMMITTER_EMAIL=a@test"_qs,
            u"HOME="_qs + m_programs.folder() };
        QCOMPARE(run(git, { u"init"_qs, u"-q"_qs, work }, identity).exitCode, 0);
        QCOMPARE(run(git,
                     { u"-C"_qs, work, u"commit"_qs, u"-q"_qs, u"--allow-empty"_qs, u"-m"_qs,
                         u"first"_qs },
                     identity)
                     .exitCode,
            0);
        QCOMPARE(
            run(git, { u"clone"_qs, u"-q"_qs, u"--bare"_qs, work, bare }, identity).exitCode, 0);
        QCOMPARE(run(git, { u"-C"_qs, bare, u"update-server-info"_qs }, identity).exitCode, 0);
        const QString clone = path(u"clone"_qs);
        const Outcome outcome = run(Program::headrace(),
            { u"exec"_qs, u"-v"_qs, u"--"_qs, git, u"clone"_qs, u"-q"_qs,
                m_https + u"/files/repository.git"_qs, clone },
            environment() + identity);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(
            outcome.err.contains("GET https://localhost:") && outcome.err.contains("info/refs"),
            outcome.err);
        QVERIFY(run(git, { u"-C"_qs, clone, u"log"_qs }, identity).out.contains("first"));
    }

    void chromium_loadsAPage_data()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::newRow("http") << false;
        QTest::newRow("https") << true;
    }

    void chromium_loadsAPage()
    {
        QFETCH(bool, isSecure);
        const Site site = startSite();
        Proxy proxy = startProxy();
        // Chromium's own words for "the authority is trusted by this profile".
        const QByteArray key = run(Program::tool(u"sh"_qs),
            { u"-c"_qs,
                u"openssl x509 -in \"$0\" -noout -pubkey | openssl pkey -pubin -outform der"_qs,
                authority() })
                                   .out;
        const QString hash = QString::fromLatin1(
            QCryptographicHash::hash(key, QCryptographicHash::Sha256).toBase64());
        QTemporaryDir profile;
        Program chromium(Program::tool(u"chromium"_qs),
            { u"--headless=new"_qs, u"--no-sandbox"_qs, u"--disable-gpu"_qs, u"--no-first-run"_qs,
                u"--disable-background-networking"_qs, u"--disable-component-update"_qs,
                u"--disable-dev-shm-usage"_qs, u"--user-data-dir="_qs + profile.path(),
                u"--proxy-server="_qs + proxy.url, u"--proxy-bypass-list=<-loopback>"_qs,
                u"--ignore-certificate-errors-spki-list="_qs + hash,
                (isSecure ? site.https : site.http) + u"/"_qs });
        const QString got = site.program->waitForLine(u"^done (.*)$"_qs);
        QCOMPARE(got, u"7 100000 1,2,3 5,70000"_qs);
        chromium.terminate();
        chromium.wait();
        const QByteArray lines = proxy.stop();
        for (const char *target :
            { "/style.css", "/script.js", "/image.svg", "/data", "/events", "/socket", "/done" })
            QVERIFY2(lines.contains(target), lines);
        QVERIFY2(lines.contains("/socket  101  "), lines);
    }
};

QTEST_GUILESS_MAIN(ProxyTest)
#include "tst_proxy.moc"
