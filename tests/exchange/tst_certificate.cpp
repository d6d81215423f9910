#include "support/certificates.h"

#include <exchange/certificate.h>

#include <QSslCertificate>
#include <QTest>

using namespace headrace;
using exchange::Certificate;
using exchange::readCertificate;

class CertificateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_chain = m_made.makeChain(QStringLiteral("/O=Example/CN=api.example.test"),
            QStringLiteral("DNS:api.example.test,DNS:*.cdn.test,IP:127.0.0.1"));
        QCOMPARE(m_chain.size(), 2);
    }

    void leaf_isReadWhole()
    {
        const auto leaf = readCertificate(m_chain.at(0));
        QVERIFY(leaf);
        QCOMPARE(leaf->commonName, QStringLiteral("api.example.test"));
        QVERIFY(leaf->subject.contains(QStringLiteral("O=Example")));
        QCOMPARE(leaf->issuer, QStringLiteral("CN=Test Authority"));
        QCOMPARE(leaf->alternativeNames,
            QStringList({ QStringLiteral("*.cdn.test"), QStringLiteral("127.0.0.1"),
                QStringLiteral("api.example.test") }));
        QCOMPARE(leaf->key, QStringLiteral("EC, 256 bits"));
        QCOMPARE(leaf->signature, QStringLiteral("ecdsa-with-SHA256"));
        QCOMPARE(leaf->usages,
            QStringList({ QStringLiteral("Digital Signature"),
                QStringLiteral("TLS Web Server Authentication") }));
        QCOMPARE(leaf->validFrom.secsTo(leaf->validUntil), 24 * 60 * 60);
        QCOMPARE(leaf->sha256.size(), 32);
        QVERIFY(!leaf->isAuthority);
        QVERIFY(!leaf->isSelfSigned);
        QVERIFY(leaf->serialNumber.contains(u':'));
        QCOMPARE(QSslCertificate(leaf->toPem()).toDer(), m_chain.at(0));
    }

    void authority_isOneAndSignedItself()
    {
        const auto authority = readCertificate(m_chain.at(1));
        QVERIFY(authority);
        QVERIFY(authority->isAuthority);
        QVERIFY(authority->isSelfSigned);
        QCOMPARE(authority->commonName, QStringLiteral("Test Authority"));
    }

    void octetsThatAreNone_areNothing()
    {
        QVERIFY(!readCertificate({}));
        QVERIFY(!readCertificate("not a certificate"));
        for (const qsizetype length : { 1, 10, 100, 200 })
            QVERIFY(!readCertificate(m_chain.at(0).left(length)));
    }

    void names_areMatched_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("the same") << QStringLiteral("api.example.test") << true;
        QTest::newRow("case") << QStringLiteral("API.Example.test") << true;
        QTest::newRow("another") << QStringLiteral("www.example.test") << false;
        QTest::newRow("wildcard") << QStringLiteral("a.cdn.test") << true;
        QTest::newRow("wildcard, two labels") << QStringLiteral("a.b.cdn.test") << false;
        QTest::newRow("wildcard, no label") << QStringLiteral("cdn.test") << false;
        QTest::newRow("wildcard, empty label") << QStringLiteral(".cdn.test") << false;
        QTest::newRow("address") << QStringLiteral("127.0.0.1") << true;
        QTest::newRow("another address") << QStringLiteral("127.0.0.2") << false;
    }

    void names_areMatched()
    {
        QFETCH(QString, host);
        QFETCH(bool, isGood);
        QCOMPARE(isGoodFor(*readCertificate(m_chain.at(0)), host), isGood);
    }

private:
    test::Certificates m_made;
    QList<QByteArray> m_chain;
};

QTEST_GUILESS_MAIN(CertificateTest)
#include "tst_certificate.moc"
