#include <tls/leafcache.h>

#include <QTest>
#include <QThread>

using namespace headrace;
using tls::CertificateAuthority;
using tls::Identity;
using tls::LeafCache;
using tls::TlsError;

namespace {

tls::LeafRequest of(const QString &name) { return { { name } }; }

} // namespace

class LeafCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        TlsError error;
        m_authority = CertificateAuthority::create(QStringLiteral("test"), &error);
        QVERIFY(m_authority);
    }

    void sameNames_getTheSameLeaf()
    {
        LeafCache cache(*m_authority);
        TlsError error;
        const Identity one = cache.leafFor(of(QStringLiteral("a.test")), &error);
        QVERIFY(!one.isNull());
        QCOMPARE(cache.leafFor(of(QStringLiteral("A.test")), &error).certificate, one.certificate);
        QVERIFY(cache.leafFor(of(QStringLiteral("b.test")), &error).certificate != one.certificate);
        QCOMPARE(cache.size(), 2);
    }

    void badName_isNotKept()
    {
        LeafCache cache(*m_authority);
        TlsError error;
        QVERIFY(cache.leafFor(of(QStringLiteral("a b")), &error).isNull());
        QCOMPARE(error.code, TlsError::Code::BadName);
        QCOMPARE(cache.size(), 0);
    }

    void capacity_reached_forgetsWhatWasUsedLongestAgo()
    {
        LeafCache cache(*m_authority, 2);
        TlsError error;
        const Identity a = cache.leafFor(of(QStringLiteral("a.test")), &error);
        const Identity b = cache.leafFor(of(QStringLiteral("b.test")), &error);
        QCOMPARE(cache.leafFor(of(QStringLiteral("a.test")), &error).certificate, a.certificate);
        cache.leafFor(of(QStringLiteral("c.test")), &error);
        QCOMPARE(cache.size(), 2);
        QCOMPARE(cache.leafFor(of(QStringLiteral("a.test")), &error).certificate, a.certificate);
        QVERIFY(cache.leafFor(of(QStringLiteral("b.test")), &error).certificate != b.certificate);
    }

    void leafThatEndsSoon_isMadeAgain()
    {
        LeafCache cache(*m_authority);
        TlsError error;
        const Identity old = cache.leafFor(of(QStringLiteral("a.test")), &error);
        const QDateTime soon = old.validUntil.addSecs(-60);
        QVERIFY(cache.leafFor(of(QStringLiteral("a.test")), &error, soon).certificate
            != old.certificate);
        QCOMPARE(cache.size(), 1);
    }

    void several_threads_getTheSameLeaves()
    {
        LeafCache cache(*m_authority);
        QList<QList<QByteArray>> seen(4);
        QList<QThread *> threads;
        for (QList<QByteArray> &mine : seen) {
            threads += QThread::create([&cache, &mine] {
                TlsError error;
                for (int i = 0; i < 50; ++i)
                    mine += cache.leafFor(of(QStringLiteral("h%1.test").arg(i % 10)), &error)
                                .certificate;
            });
            threads.constLast()->start();
        }
        for (QThread *thread : std::as_const(threads)) {
            QVERIFY(thread->wait());
            delete thread;
        }
        for (const QList<QByteArray> &mine : std::as_const(seen))
            QCOMPARE(mine, seen.constFirst());
        QCOMPARE(cache.size(), 10);
    }

private:
    std::unique_ptr<CertificateAuthority> m_authority;
};

QTEST_GUILESS_MAIN(LeafCacheTest)
#include "tst_leafcache.moc"
