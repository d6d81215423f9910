#include "samples.h"
#include "support/certificates.h"

#include <inspector/inspector.h>
#include <inspector/tlsfacts.h>
#include <inspector/tlspage.h>

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QTabBar>
#include <QTest>

using namespace headrace;
using exchange::Certificate;
using ui::Inspector;
using ui::TlsPage;

class TlsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_chain = m_made.makeChain(
            QStringLiteral("/CN=api.example.test"), QStringLiteral("DNS:api.example.test"));
        QCOMPARE(m_chain.size(), 2);
        for (const QByteArray &der : std::as_const(m_chain))
            m_read += *exchange::readCertificate(der);
    }

    void connection_withoutTls_saysSo()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.setExchange(&store, ui::samples::add(store));
        inspector.setCurrentTab(Inspector::Tab::Tls);
        QVERIFY(inspector.tlsPage()->emptyText().contains(QStringLiteral("no TLS")));
    }

    void chain_isListed_andOneIsShown()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.resize(1000, 500);
        inspector.show();
        inspector.setExchange(&store, addTls(store, QStringLiteral("api.example.test")));
        inspector.setCurrentTab(Inspector::Tab::Tls);
        TlsPage *page = inspector.tlsPage();
        QCOMPARE(page->emptyText(), QString());
        QCOMPARE(page->problemText(), QString());
        const QAbstractItemModel *names = page->chainView()->model();
        QCOMPARE(names->rowCount(), 2);
        QCOMPARE(names->index(0, 0).data().toString(), QStringLiteral("api.example.test"));
        QCOMPARE(names->index(1, 0).data().toString(), QStringLiteral("Test Authority"));
        QCOMPARE(page->chainView()->currentIndex().row(), 0);
        page->chainView()->setCurrentIndex(names->index(1, 0));
        QVERIFY(!findFact(page, QStringLiteral("Issuer: itself")).isEmpty());
    }

    void copy_givesThePemOfAll()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.setExchange(&store, addTls(store, QStringLiteral("api.example.test")));
        inspector.setCurrentTab(Inspector::Tab::Tls);
        inspector.tlsPage()->actions().constFirst()->trigger();
        const QString pem = QGuiApplication::clipboard()->text();
        QCOMPARE(pem.count(QStringLiteral("BEGIN CERTIFICATE")), 2);
    }

    void proxied_hasTwoSides()
    {
        const QList<QByteArray> shown
            = m_made.makeChain(QStringLiteral("/CN=shown.test"), QStringLiteral("DNS:shown.test"));
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.resize(1000, 500);
        inspector.show();
        const exchange::ExchangeId id = addTls(store, QStringLiteral("api.example.test"));
        inspector.setExchange(&store, id);
        inspector.setCurrentTab(Inspector::Tab::Tls);
        TlsPage *page = inspector.tlsPage();
        QVERIFY(!page->sides()->isVisible());
        exchange::Connection client;
        client.tls = exchange::Tls { QStringLiteral("TLSv1.2"), {}, {},
            QStringLiteral("shown.test"), shown };
        store.setClient(id, client);
        QTRY_VERIFY(page->sides()->isVisible());
        const QAbstractItemModel *names = page->chainView()->model();
        QCOMPARE(names->index(0, 0).data().toString(), QStringLiteral("api.example.test"));
        page->sides()->setCurrentIndex(1);
        QCOMPARE(names->index(0, 0).data().toString(), QStringLiteral("shown.test"));
        QCOMPARE(page->problemText(), QString());
        inspector.setExchange(&store, ui::samples::add(store));
        QVERIFY(!page->sides()->isVisible());
        QVERIFY(!page->emptyText().isEmpty());
    }

    void anotherHost_isAProblem()
    {
        exchange::MemoryStore store;
        Inspector inspector;
        inspector.setExchange(&store, addTls(store, QStringLiteral("other.test")));
        inspector.setCurrentTab(Inspector::Tab::Tls);
        QVERIFY(inspector.tlsPage()->problemText().contains(
            QStringLiteral("api.example.test is not for the host other.test.")));
    }

    void time_outsideOfTheValidity_isAProblem()
    {
        const QString host = QStringLiteral("api.example.test");
        const Certificate &leaf = m_read.constFirst();
        const QDateTime before = leaf.validFrom.addSecs(-10);
        const QStringList early = ui::chainProblems({ leaf }, host, before);
        QCOMPARE(early.size(), 1);
        QVERIFY(early.constFirst().contains(QStringLiteral("not valid yet")));
        const QStringList late = ui::chainProblems({ leaf }, host, leaf.validUntil.addSecs(10));
        QCOMPARE(late.size(), 1);
        QVERIFY(late.constFirst().contains(QStringLiteral("expired")));
        QVERIFY(ui::chainProblems(m_read, host, leaf.validFrom.addSecs(1)).isEmpty());
    }

    void chain_inTheWrongOrder_isAProblem()
    {
        const QDateTime then = m_read.constFirst().validFrom.addSecs(1);
        const QStringList problems = ui::chainProblems(
            { m_read.at(0), m_read.at(0) }, QStringLiteral("api.example.test"), then);
        QCOMPARE(problems.size(), 1);
        QVERIFY(problems.constFirst().contains(QStringLiteral("order")));
    }

private:
    exchange::ExchangeId addTls(exchange::MemoryStore &store, const QString &serverName)
    {
        exchange::Summary summary;
        summary.began = QDateTime::currentDateTime();
        summary.scheme = QStringLiteral("https");
        const exchange::ExchangeId id = store.begin(summary);
        exchange::Connection connection;
        connection.id = 1;
        connection.tls = exchange::Tls { QStringLiteral("TLSv1.3"),
            QStringLiteral("TLS_AES_256_GCM_SHA384"), "http/1.1", serverName, m_chain };
        store.setConnection(id, connection);
        store.end(id);
        return id;
    }

    static QString findFact(const QWidget *page, const QString &text)
    {
        const QList<QWidget *> widgets = page->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->accessibleName() == text && widget->isVisible())
                return text;
        }
        return {};
    }

    test::Certificates m_made;
    QList<QByteArray> m_chain;
    QList<Certificate> m_read;
};

QTEST_MAIN(TlsPageTest)
#include "tst_tlspage.moc"
