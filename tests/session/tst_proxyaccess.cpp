#include "session/browserlauncher.h"
#include "session/proxyaccess.h"
#include "session/proxytrust.h"
#include "session/terminals.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace headrace::session;

namespace {

ProxyAccess exampleAccess()
{
    ProxyAccess access;
    access.port = 8081;
    access.trust = { QStringLiteral("/ca/ca.pem"), QStringLiteral("/ca/bundle.pem"),
        QStringLiteral("/ca dir/java.jks"), QStringLiteral("/ca \"dir\"/node.cjs"),
        QByteArray(32, 'k') };
    return access;
}

void writeFile(const QString &path, const QByteArray &octets, bool isProgram = false)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(octets);
    if (isProgram)
        file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeUser);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ProxyAccessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void authority_isMadeOnce_andTold();
    void authority_folderNotWritable_isTold();
    void export_formats();
    void export_pkcs12_needsAPassword_andIsTheOwnersOnly();
    void trustFiles_bundle_hasRootsAndAuthority();
    void trustFiles_javaStore_hasEntriesAndDigest();
    void environment_hasProxyAndTrust();
    void environment_exemptions_areTakenAway();
    void environment_credentials_areInTheAddress();
    void environment_javaOptions_standBehindThoseThatAreThere();
    void environment_nodeOptions_standBehindThoseThatAreThere();
    void curl_withThisEnvironment_readsTheBundle();
    void networkAddresses_areNoLoopback();
    void browsers_foundInPath_eachOnce();
    void browserArguments_chromium();
    void browserArguments_firefox();
    void launch_profile_isThere_andGoesWithTheBrowser();
    void launch_firefox_profileTrustsTheAuthority();
    void launch_noSuchProgram_isTold();
    void launcher_goes_endsItsBrowsers();
    void terminal_isFound_data();
    void terminal_isFound();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ProxyAccessTest::authority_isMadeOnce_andTold()
{
    QString problem;
    const QString folder = path(QStringLiteral("ca"));
    QVERIFY(!hasAuthority(folder));
    const auto facts = authorityFacts(folder, &problem);
    QVERIFY2(facts, qPrintable(problem));
    QVERIFY(hasAuthority(folder));
    QCOMPARE(
        facts->sha256, QCryptographicHash::hash(facts->certificate, QCryptographicHash::Sha256));
    QCOMPARE(facts->publicKeySha256.size(), 32);
    QVERIFY(!facts->name.isEmpty());
    QVERIFY(facts->validUntil > QDateTime::currentDateTime());
    QCOMPARE(authorityFacts(folder, &problem)->sha256, facts->sha256);
}

void ProxyAccessTest::authority_folderNotWritable_isTold()
{
    writeFile(path(QStringLiteral("file")), "x");
    QString problem;
    QVERIFY(!authorityFacts(path(QStringLiteral("file/ca")), &problem));
    QVERIFY(!problem.isEmpty());
    problem.clear();
    QVERIFY(!makeTrustFiles(path(QStringLiteral("file/ca")), {}, &problem));
    QVERIFY(!problem.isEmpty());
}

void ProxyAccessTest::export_formats()
{
    QString problem;
    const QString folder = path(QStringLiteral("ca"));
    const auto facts = authorityFacts(folder, &problem);
    QVERIFY(facts);
    QCOMPARE(
        exportAuthority(folder, AuthorityFormat::Pem, path(QStringLiteral("a.pem"))), QString());
    QCOMPARE(
        exportAuthority(folder, AuthorityFormat::Der, path(QStringLiteral("a.der"))), QString());
    const QList<QSslCertificate> pem
        = QSslCertificate::fromData(contentOf(path(QStringLiteral("a.pem"))), QSsl::Pem);
    QCOMPARE(pem.size(), 1);
    QCOMPARE(pem.constFirst().toDer(), facts->certificate);
    QCOMPARE(contentOf(path(QStringLiteral("a.der"))), facts->certificate);
    QVERIFY(!exportAuthority(folder, AuthorityFormat::Pem, path(QStringLiteral("no/such/a.pem")))
                 .isEmpty());
}

void ProxyAccessTest::export_pkcs12_needsAPassword_andIsTheOwnersOnly()
{
    const QString folder = path(QStringLiteral("ca"));
    const QString file = path(QStringLiteral("a.p12"));
    QVERIFY(!exportAuthority(folder, AuthorityFormat::Pkcs12, file).isEmpty());
    QVERIFY(!QFile::exists(file));
    QCOMPARE(exportAuthority(folder, AuthorityFormat::Pkcs12, file, QStringLiteral("secret")),
        QString());
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
    QCOMPARE(contentOf(file).at(0), '\x30');
}

void ProxyAccessTest::trustFiles_bundle_hasRootsAndAuthority()
{
    QString problem;
    const QString other = path(QStringLiteral("other"));
    const auto root = authorityFacts(other, &problem);
    QVERIFY(root);
    const auto files = makeTrustFiles(path(QStringLiteral("ca")), root->certificateFile, &problem);
    QVERIFY2(files, qPrintable(problem));
    const QList<QSslCertificate> bundle
        = QSslCertificate::fromData(contentOf(files->bundle), QSsl::Pem);
    QCOMPARE(bundle.size(), 2);
    QCOMPARE(bundle.at(0).toDer(), root->certificate);
    QCOMPARE(
        bundle.at(1).toDer(), authorityFacts(path(QStringLiteral("ca")), &problem)->certificate);
    QCOMPARE(QSslCertificate::fromPath(files->certificate).size(), 1);
}

void ProxyAccessTest::trustFiles_javaStore_hasEntriesAndDigest()
{
    QString problem;
    const QString other = path(QStringLiteral("other"));
    const auto root = authorityFacts(other, &problem);
    QVERIFY(root);
    const auto files = makeTrustFiles(path(QStringLiteral("ca")), root->certificateFile, &problem);
    QVERIFY(files);
    const QByteArray store = contentOf(files->javaStore);
    QCOMPARE(store.first(12).toHex(), QByteArray("feedfeed0000000200000002"));
    // The digest as Java's reader makes it.
    QByteArray password;
    for (const char c : QByteArray(JavaStorePassword))
        password += QByteArray(1, '\0') + c;
    QCOMPARE(store.last(20),
        QCryptographicHash::hash(
            password + "Mighty Aphrodite" + store.chopped(20), QCryptographicHash::Sha1));
    // tag, alias "ca0", date, "X.509", length, certificate
    const qsizetype at = 12 + 4 + 2 + 3 + 8 + 2 + 5;
    const auto size = qFromBigEndian<quint32>(store.constData() + at);
    QCOMPARE(
        store.mid(at + 4, size), authorityFacts(path(QStringLiteral("ca")), &problem)->certificate);
}

void ProxyAccessTest::environment_hasProxyAndTrust()
{
    QProcessEnvironment base;
    base.insert(QStringLiteral("PATH"), QStringLiteral("/bin"));
    const QProcessEnvironment environment = environmentThrough(exampleAccess(), base);
    const auto value
        = [&environment](const char *name) { return environment.value(QString::fromLatin1(name)); };
    QCOMPARE(value("PATH"), QStringLiteral("/bin"));
    for (const char *name : { "http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY",
             "GLOBAL_AGENT_HTTP_PROXY", "CARGO_HTTP_PROXY", "npm_config_proxy" })
        QCOMPARE(value(name), QStringLiteral("http://127.0.0.1:8081"));
    for (const char *name :
        { "SSL_CERT_FILE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "REQUESTS_CA_BUNDLE", "PIP_CERT",
            "AWS_CA_BUNDLE", "CARGO_HTTP_CAINFO", "npm_config_cafile", "PERL_LWP_SSL_CA_FILE" })
        QCOMPARE(value(name), QStringLiteral("/ca/bundle.pem"));
    QCOMPARE(value("NODE_EXTRA_CA_CERTS"), QStringLiteral("/ca/ca.pem"));
    QCOMPARE(value("DENO_CERT"), QStringLiteral("/ca/ca.pem"));
    QCOMPARE(value("NODE_USE_ENV_PROXY"), QStringLiteral("1"));
}

void ProxyAccessTest::environment_exemptions_areTakenAway()
{
    QProcessEnvironment base;
    base.insert(QStringLiteral("no_proxy"), QStringLiteral("localhost"));
    base.insert(QStringLiteral("NO_PROXY"), QStringLiteral("*"));
    const QProcessEnvironment environment = environmentThrough(exampleAccess(), base);
    QVERIFY(!environment.contains(QStringLiteral("no_proxy")));
    QVERIFY(!environment.contains(QStringLiteral("NO_PROXY")));
}

void ProxyAccessTest::environment_credentials_areInTheAddress()
{
    ProxyAccess access = exampleAccess();
    access.host = QStringLiteral("::1");
    access.credentials
        = headrace::proxy::Credentials { QStringLiteral("me"), QStringLiteral("p@ss:w/d") };
    const QString address = environmentThrough(access, {}).value(QStringLiteral("http_proxy"));
    QCOMPARE(address, QStringLiteral("http://me:p%40ss:w%2Fd@[::1]:8081"));
}

void ProxyAccessTest::environment_javaOptions_standBehindThoseThatAreThere()
{
    QProcessEnvironment base;
    base.insert(QStringLiteral("JAVA_TOOL_OPTIONS"), QStringLiteral("-Xmx1g"));
    const QString options
        = environmentThrough(exampleAccess(), base).value(QStringLiteral("JAVA_TOOL_OPTIONS"));
    QVERIFY(options.startsWith(QStringLiteral("-Xmx1g -Dhttp.proxyHost=127.0.0.1 ")));
    QVERIFY(options.contains(QStringLiteral("\"-Djavax.net.ssl.trustStore=/ca dir/java.jks\"")));
}

void ProxyAccessTest::environment_nodeOptions_standBehindThoseThatAreThere()
{
    const QString name = QStringLiteral("NODE_OPTIONS");
    const QString own = QStringLiteral("--require \"/ca \\\"dir\\\"/node.cjs\"");
    QProcessEnvironment base;
    QCOMPARE(environmentThrough(exampleAccess(), base).value(name), own);
    base.insert(name, QStringLiteral("--trace-warnings"));
    const QProcessEnvironment within = environmentThrough(exampleAccess(), base);
    QCOMPARE(within.value(name), QStringLiteral("--trace-warnings ") + own);
    QCOMPARE(environmentThrough(exampleAccess(), within).value(name), within.value(name));
}

void ProxyAccessTest::curl_withThisEnvironment_readsTheBundle()
{
    const QString curl = QStandardPaths::findExecutable(QStringLiteral("curl"));
    QVERIFY2(!curl.isEmpty(), "there is no curl");
    QString problem;
    ProxyAccess access;
    access.port = 1; // nobody listens there
    access.trust = *makeTrustFiles(path(QStringLiteral("ca")), {}, &problem);
    QProcess process;
    process.setProcessEnvironment(
        environmentThrough(access, QProcessEnvironment::systemEnvironment()));
    process.start(curl, { QStringLiteral("-sSv"), QStringLiteral("http://127.0.0.1:2/") });
    QVERIFY(process.waitForFinished());
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains("127.0.0.1:1") || said.contains("127.0.0.1 port 1"), said);
}

void ProxyAccessTest::networkAddresses_areNoLoopback()
{
    for (const QString &address : networkAddresses()) {
        QVERIFY(!QHostAddress(address).isNull());
        QVERIFY(!QHostAddress(address).isLoopback());
    }
}

void ProxyAccessTest::browsers_foundInPath_eachOnce()
{
    for (const char *program :
        { "a/google-chrome", "b/google-chrome-stable", "b/firefox-esr", "b/chromium", "b/firefox" })
        writeFile(path(QString::fromLatin1(program)), "#!/bin/sh\n", true);
    writeFile(path(QStringLiteral("a/chromium")), "not a program");
    const QList<Browser> browsers
        = installedBrowsers(path(QStringLiteral("a")) + u':' + path(QStringLiteral("b")));
    QStringList names;
    for (const Browser &browser : browsers)
        names += browser.name;
    QCOMPARE(names,
        QStringList({ QStringLiteral("Chromium"), QStringLiteral("Google Chrome"),
            QStringLiteral("Firefox"), QStringLiteral("Firefox ESR") }));
    QCOMPARE(browsers.at(0).program, path(QStringLiteral("b/chromium")));
    QCOMPARE(browsers.at(2).kind, Browser::Kind::Firefox);
    QVERIFY(installedBrowsers(QString()).isEmpty());
}

void ProxyAccessTest::browserArguments_chromium()
{
    const Browser browser { Browser::Kind::Chromium, QStringLiteral("Chromium"),
        QStringLiteral("/usr/bin/chromium") };
    const QStringList arguments = browserArguments(
        browser, exampleAccess(), QStringLiteral("/p"), QUrl(QStringLiteral("http://a.test/ä")));
    for (const char *wanted : { "--user-data-dir=/p", "--proxy-server=http://127.0.0.1:8081",
             "--proxy-bypass-list=<-loopback>", "--no-first-run" })
        QVERIFY2(arguments.contains(QString::fromLatin1(wanted)), wanted);
    QVERIFY(arguments.contains(QStringLiteral("--ignore-certificate-errors-spki-list=")
        + QString::fromLatin1(QByteArray(32, 'k').toBase64())));
    QCOMPARE(arguments.constLast(), QStringLiteral("http://a.test/%C3%A4"));
}

void ProxyAccessTest::browserArguments_firefox()
{
    const Browser browser { Browser::Kind::Firefox, QStringLiteral("Firefox"),
        QStringLiteral("/usr/bin/firefox") };
    QCOMPARE(browserArguments(browser, exampleAccess(), QStringLiteral("/p"), QUrl()),
        QStringList({ QStringLiteral("-profile"), QStringLiteral("/p"),
            QStringLiteral("-no-remote"), QStringLiteral("-new-instance") }));
    const QByteArray preferences = firefoxPreferences(exampleAccess());
    for (const char *line : { "user_pref(\"network.proxy.type\", 1);",
             "user_pref(\"network.proxy.http\", \"127.0.0.1\");",
             "user_pref(\"network.proxy.ssl_port\", 8081);",
             "user_pref(\"network.proxy.allow_hijacking_localhost\", true);" })
        QVERIFY2(preferences.contains(line), line);
}

void ProxyAccessTest::launch_profile_isThere_andGoesWithTheBrowser()
{
    // Notes what it was given, and ends.
    const QString program = path(QStringLiteral("chromium"));
    writeFile(program,
        "#!/bin/sh\nprintf '%s\\n' \"$HOME\" \"$@\" > " + path(QStringLiteral("noted")).toUtf8()
            + "\n",
        true);
    QString problem;
    ProxyAccess access = exampleAccess();
    access.trust = *makeTrustFiles(path(QStringLiteral("ca")), {}, &problem);
    BrowserLauncher launcher;
    QSignalSpy started(&launcher, &BrowserLauncher::started);
    QSignalSpy ended(&launcher, &BrowserLauncher::ended);
    launcher.launch({ Browser::Kind::Chromium, QStringLiteral("Chromium"), program }, access,
        QUrl(QStringLiteral("http://a.test/")));
    QCOMPARE(launcher.runningCount(), 1);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(started.count(), 1);
    QCOMPARE(launcher.runningCount(), 0);
    const QByteArrayList noted = contentOf(path(QStringLiteral("noted"))).split('\n');
    QVERIFY(noted.at(1).startsWith("--user-data-dir="));
    const QString profile = QString::fromUtf8(noted.at(1).mid(16));
    QVERIFY(!profile.isEmpty());
    QCOMPARE(QString::fromUtf8(noted.at(0)), profile + QStringLiteral("/home"));
    QVERIFY(!QFile::exists(profile));
}

void ProxyAccessTest::launch_firefox_profileTrustsTheAuthority()
{
    const QString certutil = QStandardPaths::findExecutable(QStringLiteral("certutil"));
    QVERIFY2(!certutil.isEmpty(), "there is no certutil");
    const QString program = path(QStringLiteral("firefox"));
    writeFile(program,
        "#!/bin/sh\n" + certutil.toUtf8() + " -L -d sql:\"$2\" > "
            + path(QStringLiteral("noted")).toUtf8() + "\ncat \"$2\"/user.js >> "
            + path(QStringLiteral("noted")).toUtf8() + "\n",
        true);
    QString problem;
    ProxyAccess access = exampleAccess();
    access.trust = *makeTrustFiles(path(QStringLiteral("ca")), {}, &problem);
    BrowserLauncher launcher;
    QSignalSpy ended(&launcher, &BrowserLauncher::ended);
    QSignalSpy noticed(&launcher, &BrowserLauncher::noticed);
    launcher.launch({ Browser::Kind::Firefox, QStringLiteral("Firefox"), program }, access, {});
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(noticed.count(), 0);
    const QByteArray noted = contentOf(path(QStringLiteral("noted")));
    QVERIFY2(noted.contains("Headrace"), noted);
    QVERIFY(noted.contains("network.proxy.http"));
}

void ProxyAccessTest::launch_noSuchProgram_isTold()
{
    BrowserLauncher launcher;
    QSignalSpy failed(&launcher, &BrowserLauncher::failed);
    launcher.launch(
        { Browser::Kind::Chromium, QStringLiteral("Chromium"), path(QStringLiteral("none")) },
        exampleAccess(), {});
    QTRY_COMPARE(failed.count(), 1);
    QTRY_COMPARE(launcher.runningCount(), 0);
}

void ProxyAccessTest::launcher_goes_endsItsBrowsers()
{
    const QString program = path(QStringLiteral("chromium"));
    const QString noted = path(QStringLiteral("noted"));
    writeFile(program, "#!/bin/sh\necho $$ > " + noted.toUtf8() + "\nexec sleep 60\n", true);
    {
        BrowserLauncher launcher;
        launcher.launch(
            { Browser::Kind::Chromium, QStringLiteral("Chromium"), program }, exampleAccess(), {});
        QTRY_VERIFY(contentOf(noted).endsWith('\n'));
    }
    QVERIFY(!QFile::exists(
        QStringLiteral("/proc/%1/exe").arg(QString::fromLatin1(contentOf(noted).trimmed()))));
}

void ProxyAccessTest::terminal_isFound_data()
{
    QTest::addColumn<QStringList>("programs");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("found");
    const QString none;
    QTest::newRow("nothing") << QStringList() << none << none;
    QTest::newRow("xterm") << QStringList { QStringLiteral("xterm") } << none
                           << QStringLiteral("xterm");
    QTest::newRow("the desktop's first")
        << QStringList { QStringLiteral("xterm"), QStringLiteral("x-terminal-emulator") } << none
        << QStringLiteral("x-terminal-emulator");
    QTest::newRow("chosen") << QStringList { QStringLiteral("xterm"), QStringLiteral("myterm") }
                            << QStringLiteral("myterm") << QStringLiteral("myterm");
    QTest::newRow("chosen, but not there") << QStringList { QStringLiteral("konsole") }
                                           << QStringLiteral("myterm") << QStringLiteral("konsole");
}

void ProxyAccessTest::terminal_isFound()
{
    QFETCH(QStringList, programs);
    QFETCH(QString, chosen);
    QFETCH(QString, found);
    for (const QString &program : programs)
        writeFile(path(program), "#!/bin/sh\n", true);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), m_folder->path());
    if (!chosen.isEmpty())
        environment.insert(QStringLiteral("TERMINAL"), chosen);
    const auto terminal = findTerminal(environment);
    QCOMPARE(terminal ? QFileInfo(terminal->program).fileName() : QString(), found);
    if (found.isEmpty())
        QVERIFY(!openTerminal(environment).isEmpty());
}

QTEST_GUILESS_MAIN(ProxyAccessTest)

#include "tst_proxyaccess.moc"
