#include <proxy/certificatepage.h>
#include <tls/certificateauthority.h>

#include <QCryptographicHash>
#include <QTest>
#include <QXmlStreamReader>

using namespace headrace;
using proxy::TransitMessage;

class CertificatePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        tls::TlsError error;
        m_authority = tls::CertificateAuthority::create(QStringLiteral("test"), &error);
        QVERIFY(m_authority);
    }

    void targets_areAnswered_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        const auto row = [](const char *method, const char *target, int status, const char *type) {
            const QByteArray title = QByteArray(method) + ' ' + target;
            QTest::newRow(title.constData())
                << QByteArray(method) << QByteArray(target) << status << QByteArray(type);
        };
        const char *html = "text/html; charset=utf-8";
        const char *text = "text/plain; charset=utf-8";
        row("GET", "/", 200, html);
        row("GET", "http://headrace.proxy/", 200, html);
        row("GET", "http://headrace.proxy", 200, html);
        row("GET", "http://headrace.proxy?x=/ca.pem", 200, html);
        row("GET", "/?from=qr", 200, html);
        row("HEAD", "/", 200, html);
        row("GET", "/ca.pem", 200, "application/x-pem-file");
        row("GET", "http://headrace.proxy/ca.cer?1", 200, "application/x-x509-ca-cert");
        row("HEAD", "/ca.cer", 200, "application/x-x509-ca-cert");
        row("GET", "/ca.mobileconfig", 200, "application/x-apple-aspen-config");
        row("GET", "/ca.key", 404, text);
        row("GET", "/favicon.ico", 404, text);
        row("GET", "//ca.pem", 404, text);
        row("GET", "*", 404, text);
        row("POST", "/", 405, text);
        row("get", "/", 405, text);
    }

    void targets_areAnswered()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        const TransitMessage message = page(method, target);
        QTEST(message.head.statusCode(), "status");
        QTEST(message.head.first("content-type").value_or(""), "type");
        const TransitMessage whole = page(method == "HEAD" ? "GET" : method, target);
        QCOMPARE(message.head.first("content-length"), QByteArray::number(whole.body.size()));
        QCOMPARE(message.body, method == "HEAD" ? QByteArray() : whole.body);
        QVERIFY(!message.body.contains("PRIVATE KEY"));
        QVERIFY(!message.body.contains(m_authority->identity().key));
    }

    void downloads_areTheCertificate()
    {
        const tls::Identity &authority = m_authority->identity();
        QCOMPARE(page("GET", "/ca.pem").body, authority.certificatePem());
        QCOMPARE(page("GET", "/ca.cer").body, authority.certificate);
        QXmlStreamReader xml(page("GET", "/ca.mobileconfig").body);
        QByteArray data;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"data")
                data = QByteArray::fromBase64(xml.readElementText().toLatin1());
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(data, authority.certificate);
        QCOMPARE(page("GET", "/ca.mobileconfig").body, page("GET", "/ca.mobileconfig").body);
    }

    void page_showsTheFingerprintAndNothingFromElsewhere()
    {
        const QByteArray html = page("GET", "/").body;
        QVERIFY(html.contains(m_authority->sha256().toHex(':').toUpper()));
        QVERIFY(html.contains("&lt;b&gt;&amp;:8080"));
        QVERIFY(
            !html.contains("http://") && !html.contains("https://") && !html.contains("<script"));
        for (const char *name : { "Windows", "macOS", "iPhone", "Android", "Debian", "Fedora",
                 "Firefox", "Chromium", "curl", "git", "Node", "Python", "Java" })
            QVERIFY2(html.contains(name), name);
        QXmlStreamReader xml(QByteArray(html)
                                 .replace("<!DOCTYPE html>", "")
                                 .replace("charset=\"utf-8\">", "/>")
                                 .replace("width=device-width\">", "\"/>")
                                 .replace("<br>", "<br/>"));
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString())); // every element is closed
    }

private:
    TransitMessage page(const QByteArray &method, const QByteArray &target) const
    {
        return proxy::certificatePage(
            method, target, m_authority->identity(), QStringLiteral("<b>&:8080"));
    }

    std::unique_ptr<tls::CertificateAuthority> m_authority;
};

QTEST_APPLESS_MAIN(CertificatePageTest)
#include "tst_certificatepage.moc"
