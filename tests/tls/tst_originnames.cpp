#include "madecertificates.h"

#include <tls/originnames.h>

#include <QTest>

using namespace headrace;
using tls::leafRequestFor;

namespace {

QStringList texts(const QList<QByteArray> &list)
{
    QStringList all;
    for (const QByteArray &text : list)
        all += QString::fromUtf8(text);
    return all;
}

} // namespace

class OriginNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void leaf_showsWhatTheOriginShows_data()
    {
        QTest::addColumn<QStringList>("shown");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *title, const QList<QByteArray> &shown, const char *host,
                             const QList<QByteArray> &expected) {
            QTest::newRow(title) << texts(shown) << QString::fromUtf8(host) << texts(expected);
        };
        row("names", { "DNS:a.test", "DNS:b.test" }, "b.test", { "b.test", "a.test" });
        row("wildcard", { "DNS:*.a.test", "DNS:a.test" }, "x.a.test",
            { "x.a.test", "*.a.test", "a.test" });
        row("addresses", { "IP:127.0.0.1", "IP:::1", "DNS:a.test" }, "127.0.0.1",
            { "127.0.0.1", "::1", "a.test" });
        row("IPv6 host", { "IP:::1" }, "[::1]", { "[::1]" });
        row("case", { "DNS:A.test" }, "a.TEST", { "a.TEST" });
        row("IDN", { "DNS:xn--mnchen-3ya.test" }, "münchen.test", { "münchen.test" });
        row("other host", { "DNS:a.test" }, "b.test", { "b.test", "a.test" });
        row("no host", { "DNS:a.test" }, "", { "a.test" });
        row("common name", {}, "b.test", { "b.test", "cn.test" });
        row("other kinds", { "email:a@b.test", "URI:http://c.test/", "DNS:d.test" }, "e.test",
            { "e.test", "d.test" });
        row("no names", { "DNS:a b.test", "DNS:*", "DNS:a.*.test" }, "e.test", { "e.test" });
    }

    void leaf_showsWhatTheOriginShows()
    {
        QFETCH(QStringList, shown);
        QFETCH(QString, host);
        QFETCH(QStringList, expected);
        test::MadeCertificate origin;
        origin.names = shown;
        origin.commonName = QStringLiteral("cn.test");
        const tls::LeafRequest request = leafRequestFor(test::make(origin).certificate, host);
        QCOMPARE(request.names, expected);
        tls::TlsError error;
        const auto authority = tls::CertificateAuthority::create(QStringLiteral("t"), &error);
        QVERIFY(!authority->issue(request, &error).isNull());
    }

    void names_tooMany_areLeftOut()
    {
        test::MadeCertificate origin;
        for (int i = 0; i < 300; ++i)
            origin.names += QStringLiteral("DNS:h%1.test").arg(i);
        const tls::LeafRequest request
            = leafRequestFor(test::make(origin).certificate, QStringLiteral("a.test"));
        QCOMPARE(request.names.size(), tls::MostLeafNames);
        QCOMPARE(request.names.constFirst(), QStringLiteral("a.test"));
    }

    void certificate_thatIsNone_hasNoNames()
    {
        const QStringList expected { QStringLiteral("a.test") };
        QCOMPARE(leafRequestFor({}, QStringLiteral("a.test")).names, expected);
        QCOMPARE(leafRequestFor("nothing", QStringLiteral("a.test")).names, expected);
    }

    void pem_isReadAsItWasWritten()
    {
        test::MadeCertificate authority;
        authority.isAuthority = true;
        const tls::Identity root = test::make(authority);
        const tls::Identity leaf = test::make({}, root);
        const QByteArray chain = leaf.certificatePem() + root.certificatePem();
        tls::TlsError error;
        const tls::Identity read = tls::identityFromPem(chain, leaf.keyPem(), &error);
        QVERIFY2(!error, qPrintable(error.message));
        QCOMPARE(read.certificate, leaf.certificate);
        QCOMPARE(read.key, leaf.key);
        QCOMPARE(read.issuers, QList<QByteArray> { root.certificate });
        QCOMPARE(read.validUntil.toSecsSinceEpoch(), leaf.validUntil.toSecsSinceEpoch());
        const QByteArray both = leaf.keyPem() + chain;
        QCOMPARE(tls::identityFromPem(both, both, &error).certificate, leaf.certificate);
    }

    void pem_thatIsWrong_isRefusedWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("reason");
        const tls::Identity one = test::make({});
        const tls::Identity other = test::make({});
        const auto row = [](const char *title, const QByteArray &certificate, const QByteArray &key,
                             const char *reason) {
            QTest::newRow(title) << certificate << key << QString::fromLatin1(reason);
        };
        row("nothing", "", "", "no certificate");
        row("no key", one.certificatePem(), "", "no private key");
        row("key of another", one.certificatePem(), other.keyPem(), "not that of");
        row("encrypted", one.certificatePem(),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjAdJJkIxw5eQICCAAw\n"
            "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHeaV5XZKehj6oYHoiinhg4EgZAh\n"
            "hT3Gdr0kT78PzTJL34oRrHiv6sMDoGVLW8Hsu8a5+Uq47K/jm82ZJUJMbbKkC2Kw\n"
            "bzVVjw9a74VQd0x+2lbpgzZTrkBZc8j72J5o0TR7t4TWnEzATgcpdZNt4OgoBifD\n"
            "KtW+DlYNqYkLmQrLMt5dbq+mo//IOQr5G10J9pMf1N7Y151H/1ClFlUEgM6elI8=\n"
            "-----END ENCRYPTED PRIVATE KEY-----\n",
            "password");
    }

    void pem_thatIsWrong_isRefusedWithItsReason()
    {
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, key);
        QFETCH(QString, reason);
        tls::TlsError error;
        QVERIFY(tls::identityFromPem(certificate, key, &error).isNull());
        QCOMPARE(error.code, tls::TlsError::Code::NotReadable);
        QVERIFY2(error.message.contains(reason), qPrintable(error.message));
    }
};

QTEST_GUILESS_MAIN(OriginNamesTest)
#include "tst_originnames.moc"
