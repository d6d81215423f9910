#include "samples.h"

#include <inspector/inspector.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QTableView>
#include <QTest>

#include <compare/comparewindow.h>
#include <compare/comparisonmodel.h>
#include <compare/comparisonview.h>

using namespace headrace;
using exchange::ExchangeId;
using ui::CompareWindow;
using ui::ComparisonModel;
using ui::ComparisonView;
using ui::samples::Sample;

namespace {

Sample answered(int status, const QByteArray &reason, const QByteArray &body)
{
    Sample sample;
    sample.statusCode = status;
    sample.reason = reason;
    sample.body = body;
    return sample;
}

/// A window over two exchanges that differ in status line and body.
struct Fixture
{
    Fixture()
        : left(ui::samples::add(store, answered(200, "OK", R"({"a":1,"b":[1,2,3]})")))
        , right(ui::samples::add(store, answered(201, "Created", R"({"a":2,"b":[1,2,3]})")))
        , window(new CompareWindow(&store, left, right, nullptr))
    {
        window->resize(1000, 600);
        window->show();
    }

    ~Fixture() { delete window; }

    ComparisonView *view() const { return window->differences(); }

    QStringList lines() const
    {
        QStringList result;
        for (int row = 0; row < view()->model()->rowCount(); ++row)
            result += view()->model()->textOf(row);
        return result;
    }

    exchange::MemoryStore store;
    ExchangeId left;
    ExchangeId right;
    QPointer<CompareWindow> window;
};

} // namespace

class CompareWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void differences_areListedUnderTheirParts()
    {
        const Fixture f;
        const QAbstractItemModelTester tester(f.view()->model());
        QTRY_COMPARE(f.view()->summaryText(), QStringLiteral("2 differences"));
        const QStringList lines = f.lines();
        QVERIFY(lines.contains(QStringLiteral("Request · the same")));
        const qsizetype response = lines.indexOf(QStringLiteral("Response · 1 difference"));
        QVERIFY(response > 0);
        QCOMPARE(
            lines.at(response + 1), QStringLiteral("- HTTP/1.1 200 OK\n+ HTTP/1.1 201 Created"));
        const qsizetype body = lines.indexOf(QStringLiteral("Response body · 1 difference"));
        QVERIFY(body > response);
        QCOMPARE(lines.at(body + 1), QStringLiteral("  {"));
        QCOMPARE(lines.at(body + 2), QStringLiteral("-   \"a\": 1,\n+   \"a\": 2,"));
    }

    void folded_keepsOnlyWhatDiffers()
    {
        const Fixture f;
        QTRY_VERIFY(!f.view()->summaryText().isEmpty());
        const int all = f.view()->model()->rowCount();
        f.view()->setFolded(true);
        QVERIFY(f.view()->model()->rowCount() < all);
        const QStringList lines = f.lines();
        const qsizetype body = lines.indexOf(QStringLiteral("Response body · 1 difference"));
        QCOMPARE(lines.at(body + 1), QStringLiteral("… 1 line, the same"));
        QVERIFY(lines.at(body + 3).endsWith(QStringLiteral("lines, the same")));
        f.view()->setFolded(false);
        QCOMPARE(f.view()->model()->rowCount(), all);
    }

    void next_goesFromOneToTheNext_andRound()
    {
        const Fixture f;
        QTRY_VERIFY(!f.view()->summaryText().isEmpty());
        const QList<int> rows = f.view()->model()->differenceRows();
        QCOMPARE(rows.size(), 2);
        for (const int row : { rows.at(0), rows.at(1), rows.at(0) }) {
            f.view()->showNext();
            QCOMPARE(f.view()->table()->currentIndex().row(), row);
        }
        f.view()->showPrevious();
        QCOMPARE(f.view()->table()->currentIndex().row(), rows.at(1));
    }

    void copy_takesTheSelectedLines_orAll()
    {
        const Fixture f;
        QTRY_VERIFY(!f.view()->summaryText().isEmpty());
        f.view()->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), f.lines().join(u'\n'));
        f.view()->showNext();
        f.view()->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(),
            QStringLiteral("- HTTP/1.1 200 OK\n+ HTTP/1.1 201 Created"));
    }

    void exchangeThatGrows_isComparedAgain()
    {
        Fixture f;
        QTRY_COMPARE(f.view()->summaryText(), QStringLiteral("2 differences"));
        f.store.addEvent(
            f.right, { 99'000, QStringLiteral("ClientRequest"), QStringLiteral("close"), {} });
        QTRY_COMPARE(f.view()->summaryText(), QStringLiteral("3 differences"));
    }

    void exchangeThatIsRemoved_leavesNothingToCompare()
    {
        Fixture f;
        QTRY_VERIFY(!f.view()->summaryText().isEmpty());
        f.store.remove({ f.left });
        QTRY_COMPARE(f.view()->summaryText(), QString());
        QVERIFY(!f.view()->table()->isVisible());
    }

    void sides_areOnTheSameTab()
    {
        const Fixture f;
        f.window->left()->setCurrentTab(ui::Inspector::Tab::Headers);
        QCOMPARE(f.window->right()->currentTab(), ui::Inspector::Tab::Headers);
    }

    void window_closedWhileItCompares_goes()
    {
        exchange::MemoryStore store;
        const QByteArray line(60, 'x');
        QByteArray one;
        QByteArray other;
        for (int i = 0; i < 20'000; ++i) {
            one += line + QByteArray::number(i) + '\n';
            other += line + QByteArray::number(2 * i) + '\n';
        }
        const ExchangeId left = ui::samples::add(store, answered(200, "OK", one));
        const ExchangeId right = ui::samples::add(store, answered(200, "OK", other));
        delete new CompareWindow(&store, left, right, nullptr);
    }
};

QTEST_MAIN(CompareWindowTest)
#include "tst_comparewindow.moc"
