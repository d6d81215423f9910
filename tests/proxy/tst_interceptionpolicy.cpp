#include <proxy/interceptionpolicy.h>
#include <proxy/settings.h>
#include <tls/clienthello.h>
#include <tls/tlsfailure.h>

#include <QTest>

using namespace headrace;
using proxy::InterceptionPolicy;
using proxy::Settings;
using tls::TlsFailure;

namespace {

const QString host = QStringLiteral("api.test");
const QHostAddress phone(QStringLiteral("10.0.0.7"));
const QHostAddress desk(QHostAddress::LocalHost);
const QDateTime start(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);

TlsFailure refusal()
{
    TlsFailure failure;
    failure.code = wire::ErrorCode::ProtocolFailure;
    failure.message = QStringLiteral("The client does not take it.");
    failure.isCertificateRefused = true;
    return failure;
}

} // namespace

class InterceptionPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void settings_decideFirst()
    {
        Settings settings;
        settings.notIntercepted = { QStringLiteral("*.bank.test"), QStringLiteral("a.test:8443") };
        InterceptionPolicy policy(settings);
        QCOMPARE(policy.whyNotIntercept(host, 443, desk), QString());
        QVERIFY(policy.whyNotIntercept(QStringLiteral("www.bank.test"), 443, desk)
                    .contains(QStringLiteral("*.bank.test")));
        QVERIFY(!policy.whyNotIntercept(QStringLiteral("a.test"), 8443, desk).isEmpty());
        QCOMPARE(policy.whyNotIntercept(QStringLiteral("a.test"), 443, desk), QString());
        settings.interceptsTls = false;
        policy.setSettings(settings);
        QVERIFY(policy.whyNotIntercept(host, 443, desk).contains(QStringLiteral("off")));
    }

    void hello_countsToo()
    {
        Settings settings;
        settings.notIntercepted = { QStringLiteral("*.bank.test") };
        const InterceptionPolicy policy(settings);
        const QString address = QStringLiteral("192.0.2.1");
        tls::ClientHello hello;
        hello.serverName = QStringLiteral("www.bank.test");
        QVERIFY(!policy.whyNotIntercept(address, 443, desk, hello).isEmpty());
        hello.serverName = host;
        QCOMPARE(policy.whyNotIntercept(address, 443, desk, hello), QString());
        hello.alpn = { "h2", "http/1.1" };
        QCOMPARE(policy.whyNotIntercept(address, 443, desk, hello), QString());
        hello.alpn = { "h2", "grpc-exp" };
        QVERIFY(policy.whyNotIntercept(address, 443, desk, hello)
                    .contains(QStringLiteral("h2, grpc-exp")));
    }

    void refusals_inARow_letTheHostPass()
    {
        InterceptionPolicy policy;
        QVERIFY(!policy.noteRefusal(host, 443, phone, refusal(), start));
        QVERIFY(!policy.noteRefusal(QStringLiteral("API.test"), 443, phone, refusal(), start));
        QCOMPARE(policy.whyNotIntercept(host, 443, phone, start), QString());
        QVERIFY(policy.noteRefusal(host, 443, phone, refusal(), start));
        const QString reason = policy.whyNotIntercept(host, 443, phone, start);
        QVERIFY2(reason.contains(QStringLiteral("10.0.0.7"))
                && reason.contains(QStringLiteral("3 times")) && reason.endsWith(refusal().message),
            qPrintable(reason));
        QCOMPARE(policy.whyNotIntercept(host, 443, desk, start), QString());
        QCOMPARE(policy.whyNotIntercept(host, 8443, phone, start), QString());
        QCOMPARE(policy.passed(start).size(), 1);
        QCOMPARE(policy.passed(start).constFirst().reason, reason);
        QCOMPARE(policy.passed(start).constFirst().until, start.addSecs(3600));
    }

    void programs_areToldApart()
    {
        tls::ClientHello pinned;
        pinned.ciphers = { 0x1301 };
        tls::ClientHello browser;
        browser.ciphers = { 0x1302 };
        const InterceptionPolicy::Client pinnedOne(desk, pinned.fingerprint());
        const InterceptionPolicy::Client browserOne(desk, browser.fingerprint());
        InterceptionPolicy policy;
        for (int i = 0; i < 2; ++i) {
            policy.noteRefusal(host, 443, pinnedOne, refusal(), start);
            policy.noteRefusal(host, 443, browserOne, refusal(), start);
        }
        policy.noteSuccess(host, 443, browserOne); // of the other nothing is forgotten
        QVERIFY(policy.noteRefusal(host, 443, pinnedOne, refusal(), start));
        QVERIFY(!policy.whyNotIntercept(host, 443, desk, pinned, start).isEmpty());
        QCOMPARE(policy.whyNotIntercept(host, 443, desk, browser, start), QString());
        QCOMPARE(policy.whyNotIntercept(host, 443, desk, start), QString());
        QCOMPARE(policy.whyNotIntercept(host, 443, phone, pinned, start), QString());
        QCOMPARE(policy.passed(start).size(), 1);
        QCOMPARE(policy.passed(start).constFirst().client, pinnedOne);
        policy.forget(host, 443);
        QCOMPARE(policy.whyNotIntercept(host, 443, desk, pinned, start), QString());
    }

    void success_endsTheRow()
    {
        InterceptionPolicy policy;
        for (int i = 0; i < 2; ++i)
            policy.noteRefusal(host, 443, phone, refusal(), start);
        policy.noteSuccess(host, 443, phone);
        QVERIFY(!policy.noteRefusal(host, 443, phone, refusal(), start));
        QCOMPARE(policy.whyNotIntercept(host, 443, phone, start), QString());
    }

    void otherFailures_doNotCount()
    {
        InterceptionPolicy policy;
        TlsFailure failure = refusal();
        failure.isCertificateRefused = false;
        for (int i = 0; i < 5; ++i)
            QVERIFY(!policy.noteRefusal(host, 443, phone, failure, start));
        failure.isSilent = true;
        QVERIFY(!policy.noteRefusal(host, 443, phone, failure, start));
        QVERIFY(!policy.noteRefusal(host, 443, phone, failure, start));
        QVERIFY(policy.noteRefusal(host, 443, phone, failure, start));
    }

    void passing_endsAfterAnHour()
    {
        InterceptionPolicy policy;
        for (int i = 0; i < 3; ++i)
            policy.noteRefusal(host, 443, phone, refusal(), start);
        QVERIFY(!policy.whyNotIntercept(host, 443, phone, start.addSecs(3599)).isEmpty());
        const QDateTime later = start.addSecs(3600);
        QCOMPARE(policy.whyNotIntercept(host, 443, phone, later), QString());
        QVERIFY(policy.passed(later).isEmpty());
        QVERIFY(!policy.noteRefusal(host, 443, phone, refusal(), later)); // counted anew
    }

    void forget_interceptsAgain()
    {
        InterceptionPolicy policy;
        for (int i = 0; i < 3; ++i) {
            policy.noteRefusal(host, 443, phone, refusal(), start);
            policy.noteRefusal(host, 8443, phone, refusal(), start);
        }
        policy.forget(QStringLiteral("API.test"), 443);
        QCOMPARE(policy.whyNotIntercept(host, 443, phone, start), QString());
        QVERIFY(!policy.whyNotIntercept(host, 8443, phone, start).isEmpty());
        policy.forget();
        QCOMPARE(policy.whyNotIntercept(host, 8443, phone, start), QString());
    }

    void many_areForgottenOldestFirst()
    {
        InterceptionPolicy policy;
        for (int i = 0; i < InterceptionPolicy::MostRemembered + 5; ++i) {
            for (int refused = 0; refused < 3; ++refused)
                policy.noteRefusal(
                    QStringLiteral("h%1.test").arg(i), 443, phone, refusal(), start.addSecs(i));
        }
        const QDateTime now = start.addSecs(InterceptionPolicy::MostRemembered + 5);
        QCOMPARE(policy.passed(now).size(), InterceptionPolicy::MostRemembered);
        QCOMPARE(policy.whyNotIntercept(QStringLiteral("h4.test"), 443, phone, now), QString());
        QVERIFY(!policy.whyNotIntercept(QStringLiteral("h5.test"), 443, phone, now).isEmpty());
    }
};

QTEST_APPLESS_MAIN(InterceptionPolicyTest)
#include "tst_interceptionpolicy.moc"
