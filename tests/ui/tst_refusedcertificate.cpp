#include "support/certificates.h"

#include <exchange/certificate.h>
#include <inspector/tlsfacts.h>
#include <proxy/refusedcertificate.h>

#include <QTest>

using namespace headrace;

/// What the user is asked before a certificate is taken that the proxy refused.
class RefusedCertificateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void code_ofACertificate_isRefused_data();
    void code_ofACertificate_isRefused();
    void ofAnotherSource_isNot();
    void certificate_isNamed_withCauseAndFingerprint();
    void host_isThatOfTheHandshake_data();
    void host_isThatOfTheHandshake();
    void record_withoutIt_isNothing();

private:
    exchange::Exchange refused(const QString &host, const QString &serverName) const;

    test::Certificates m_made;
    QByteArray m_der;
};

void RefusedCertificateTest::initTestCase()
{
    m_der = m_made.makeSelfSigned(QStringLiteral("/CN=self.test"), QStringLiteral("DNS:self.test"));
    QVERIFY(!m_der.isEmpty());
}

exchange::Exchange RefusedCertificateTest::refused(
    const QString &host, const QString &serverName) const
{
    exchange::Exchange exchange;
    exchange.summary.source = exchange::Source::Proxy;
    exchange.summary.scheme = QStringLiteral("https");
    exchange.summary.method = QStringLiteral("GET");
    exchange.summary.host = host;
    exchange.summary.errorCode = QStringLiteral("DEPTH_ZERO_SELF_SIGNED_CERT");
    exchange.summary.errorMessage = QStringLiteral("Nobody trusts it.");
    exchange.connection.tls = exchange::Tls {};
    exchange.connection.tls->serverName = serverName;
    exchange.connection.tls->peerCertificates = { m_der };
    return exchange;
}

void RefusedCertificateTest::code_ofACertificate_isRefused_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isRefused");
    const auto row = [](const char *code, bool isRefused) {
        QTest::newRow(code) << QString::fromLatin1(code) << isRefused;
    };
    for (const char *code :
        { "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CERT_REVOKED", "CERT_UNTRUSTED",
            "CERT_REJECTED", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ERR_TLS_CERT_ALTNAME_INVALID" })
        row(code, true);
    for (const char *code : { "", "EPROTO", "ECONNRESET", "ECONNREFUSED", "HPE_INVALID_CONSTANT" })
        row(code, false);
}

void RefusedCertificateTest::code_ofACertificate_isRefused()
{
    QFETCH(QString, code);
    QFETCH(bool, isRefused);
    exchange::Exchange exchange = refused(QStringLiteral("self.test"), {});
    exchange.summary.errorCode = code;
    QCOMPARE(ui::isCertificateRefused(exchange.summary), isRefused);
    QCOMPARE(ui::refusedCertificateOf(exchange).has_value(), isRefused);
}

void RefusedCertificateTest::ofAnotherSource_isNot()
{
    exchange::Exchange exchange = refused(QStringLiteral("self.test"), {});
    exchange.summary.source = exchange::Source::Composer; // it has a switch of its own
    QVERIFY(!ui::isCertificateRefused(exchange.summary));
    QVERIFY(!ui::refusedCertificateOf(exchange));
}

void RefusedCertificateTest::certificate_isNamed_withCauseAndFingerprint()
{
    const auto refusal = ui::refusedCertificateOf(refused(QStringLiteral("self.test:8443"), {}));
    QVERIFY(refusal);
    const auto certificate = exchange::readCertificate(m_der);
    QCOMPARE(refusal->certificate.host, QStringLiteral("self.test:8443"));
    QCOMPARE(refusal->certificate.sha256, certificate->sha256);
    QCOMPARE(refusal->certificate.subject, certificate->subject);
    const QString digits = QString::fromLatin1(certificate->sha256.toHex(':').toUpper());
    for (const QString &part : { QStringLiteral("Nobody trusts it."), certificate->subject, digits,
             QStringLiteral("self.test:8443") })
        QVERIFY2(refusal->question.contains(part), qPrintable(part));
}

void RefusedCertificateTest::host_isThatOfTheHandshake_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("listed");
    const auto row = [](const char *title, const char *host, const char *name, const char *listed) {
        QTest::newRow(title) << QString::fromLatin1(host) << QString::fromLatin1(name)
                             << QString::fromLatin1(listed);
    };
    row("the same", "self.test", "self.test", "self.test");
    row("another case", "SELF.test", "Self.Test", "self.test");
    row("another Host header", "front.test", "self.test", "self.test");
    row("another one, with a port", "front.test:8443", "self.test", "self.test:8443");
    row("no name was sent", "10.0.0.1:8443", "", "10.0.0.1:8443");
}

void RefusedCertificateTest::host_isThatOfTheHandshake()
{
    QFETCH(QString, host);
    QFETCH(QString, serverName);
    const auto refusal = ui::refusedCertificateOf(refused(host, serverName));
    QVERIFY(refusal);
    QTEST(refusal->certificate.host, "listed");
}

void RefusedCertificateTest::record_withoutIt_isNothing()
{
    exchange::Exchange exchange = refused(QStringLiteral("self.test"), {});
    exchange.connection.tls->peerCertificates = { "no certificate" };
    QVERIFY(!ui::refusedCertificateOf(exchange));
    exchange.connection.tls->peerCertificates.clear();
    QVERIFY(!ui::refusedCertificateOf(exchange));
    exchange.connection.tls.reset();
    QVERIFY(!ui::refusedCertificateOf(exchange));
    exchange = refused({}, {});
    QVERIFY(!ui::refusedCertificateOf(exchange));
}

QTEST_GUILESS_MAIN(RefusedCertificateTest)
#include "tst_refusedcertificate.moc"
