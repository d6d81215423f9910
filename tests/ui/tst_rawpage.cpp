#include "support/cputimer.h"
#include "wiresamples.h"

#include <inspector/rawpage.h>
#include <inspector/rawpane.h>
#include <inspector/rawplace.h>
#include <inspector/rawsearch.h>
#include <text/findbar.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace headrace;
using exchange::Direction;
using exchange::WireSpan;
using ui::RawPage;
using ui::RawRange;
using ui::RawView;

namespace {

constexpr qint64 Head = 37; // of the response, behind the interim one
constexpr qint64 Chunk = Head + 45;

QByteArray received(const exchange::Exchange &exchange)
{
    QByteArray octets;
    for (const exchange::Message &interim : exchange.interim)
        octets += interim.raw();
    return octets + exchange.response.raw();
}

std::unique_ptr<RawPage> shown(const std::shared_ptr<exchange::Exchange> &exchange)
{
    auto page = std::make_unique<RawPage>();
    page->resize(1400, 700);
    page->showExchange(exchange);
    page->show();
    return page;
}

std::optional<WireSpan> spanOf(const QList<QVariant> &arguments)
{
    return arguments.constFirst().value<std::optional<WireSpan>>();
}

} // namespace

/// Both directions byte for byte, with times, tied to what they mean.
class RawPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void text_showsEveryOctetWithTimes()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        QCOMPARE(page->request()->view()->visibleRows(),
            (QStringList { QStringLiteral("0.000001 GET / HTTP/1.1CRLF"),
                QStringLiteral(" Host: aCRLF"), QStringLiteral(" CRLF") }));
        QCOMPARE(page->response()->view()->visibleRows(),
            (QStringList { QStringLiteral("0.000005 HTTP/1.1 103 Early HintsCRLF"),
                QStringLiteral(" Link: xCRLF"), QStringLiteral(" CRLF"),
                QStringLiteral("0.000010 HTTP/1.1 200 OKCRLF"), QStringLiteral(" TE: 1CRLF"),
                QStringLiteral(" Trailer: X-Sum, YCRLF"), QStringLiteral(" CRLF"),
                QStringLiteral("0.000020 5;a=1CRLF"), QStringLiteral(" he"),
                QStringLiteral("0.001520 lloCRLF"), QStringLiteral("0.001530 0CRLF"),
                QStringLiteral(" X-Sum: 1CRLF"), QStringLiteral(" Y: 2CRLF"),
                QStringLiteral(" CRLF") }));
        page->setShowsLineEnds(false);
        QCOMPARE(page->request()->view()->visibleRows().at(1), QStringLiteral(" Host: a"));
    }

    void hex_showsEveryOctetWithTimes()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        page->setHex(true);
        const QStringList rows = page->response()->view()->visibleRows();
        QCOMPARE(rows.at(0),
            QStringLiteral("0.000005 0000  48 54 54 50 2f 31 2e 31 20 31 30 33 20 45 61 72  "
                           "HTTP/1.1 103 Ear"));
        QCOMPARE(rows.at(2), QStringLiteral(" 0020  78 0d 0a 0d 0a  x····"));
        QCOMPARE(rows.at(3).left(28), QStringLiteral("0.000010 0025  48 54 54 50 2"));
        QCOMPARE(rows.size(), 10);
    }

    void everyOctet_isCopiedAsItIs()
    {
        const auto exchange = ui::samples::chunkedExchange();
        const auto page = shown(exchange);
        RawView *view = page->response()->view();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), received(*exchange));
        page->setHex(true);
        view->select({ Chunk, Chunk + 3 });
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("35 3b 61"));
    }

    void caret_tellsWhatStandsThere_data()
    {
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("begin");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<QString>("place");
        QTest::newRow("interim field")
            << qint64(28) << qint64(26) << qint64(35)
            << QStringLiteral("Interim response 103 · field Link · octets 26–34 · at 0.005 ms");
        QTest::newRow("status line")
            << Head << Head << Head + 17
            << QStringLiteral("Response · status line · octets 37–53 · at 0.010 ms");
        QTest::newRow("end of the head")
            << Chunk - 1 << Chunk - 2 << Chunk
            << QStringLiteral("Response · end of the head · octets 80–81 · at 0.010 ms");
        QTest::newRow("size line")
            << Chunk + 2 << Chunk << Chunk + 14
            << QStringLiteral("Response · chunk 1, size line · octets 82–88 · at 0.020 ms");
        QTest::newRow("data") << Chunk + 9 << Chunk
                              << Chunk
                + 14 << QStringLiteral("Response · chunk 1, data · octets 89–93 · at 1.520 ms");
        QTest::newRow("trailer") << Chunk + 18 << Chunk + 17
                                 << Chunk
                + 27 << QStringLiteral("Response · trailer X-Sum · octets 99–108 · at 1.530 ms");
    }

    void caret_tellsWhatStandsThere()
    {
        QFETCH(qint64, offset);
        QFETCH(qint64, begin);
        QFETCH(qint64, end);
        QFETCH(QString, place);
        const auto page = shown(ui::samples::chunkedExchange());
        QSignalSpy chosen(page.get(), &RawPage::spanSelected);
        page->response()->view()->setCaret(offset);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(spanOf(chosen.constFirst()), (WireSpan { Direction::Response, begin, end }));
        QCOMPARE(page->response()->view()->mark(), (RawRange { begin, end }));
        QCOMPARE(page->response()->placeLine(), place);
    }

    void caret_isMovedByKeysAndMouse()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        RawView *view = page->response()->view();
        view->setFocus();
        view->setCaret(0);
        QTest::keyClick(view, Qt::Key_Down);
        QCOMPARE(view->caret(), 26);
        QTest::keyClick(view, Qt::Key_End);
        QCOMPARE(view->caret(), 34);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(view->caret(), 35);
        QTest::keyClick(view, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view->selection(), (RawRange { 0, 26 }));
        QTest::keyClick(view, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view->caret(), view->octetCount());
        // A read as a whole, by its time.
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(4, 8));
        QCOMPARE(view->selection(), (RawRange { 0, Head }));
    }

    void selection_isTold()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        QSignalSpy chosen(page.get(), &RawPage::spanSelected);
        page->response()->view()->select({ 3, 40 });
        QCOMPARE(spanOf(chosen.constLast()), (WireSpan { Direction::Response, 3, 40 }));
    }

    void spanOfAnotherPage_isMarkedAndScrolledTo()
    {
        const auto exchange = ui::samples::manyChunks(5000, 10);
        const auto page = shown(exchange);
        QSignalSpy chosen(page.get(), &RawPage::spanSelected);
        RawView *view = page->response()->view();
        const qint64 begin = 19 + 4000 * 15;
        page->showSpan(WireSpan { Direction::Response, begin, begin + 15 });
        QCOMPARE(view->mark(), (RawRange { begin, begin + 15 }));
        QCOMPARE(view->topOctet(), begin);
        QVERIFY(page->response()->placeLine().startsWith(
            QStringLiteral("Response · chunk 4,001, size line")));
        // What is in sight stays where it is.
        page->showSpan(WireSpan { Direction::Response, begin + 15, begin + 30 });
        QCOMPARE(view->topOctet(), begin);
        page->showSpan({});
        QVERIFY(!view->mark());
        QCOMPARE(chosen.size(), 0);
    }

    void spanOfOneDirection_isNotMarkedInTheOther()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        page->showSpan(WireSpan { Direction::Response, 3, 5 });
        QVERIFY(!page->request()->view()->mark());
        page->request()->view()->setCaret(2);
        QVERIFY(!page->response()->view()->mark());
        QVERIFY(page->request()->view()->mark());
    }

    void toolTips_tellTimeSizeAndMeaning()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        RawView *view = page->response()->view();
        view->setCaret(Chunk); // in sight
        QCOMPARE(view->toolTipAt(QPoint(3, 10)),
            QStringLiteral("At 0.005 ms · 37 octets · octets 0–36"));
        QCOMPARE(view->toolTipAt(QPoint(200, 10)).section(u'\n', 0, 0),
            QStringLiteral("Interim response 103 · status line · octets 0–25 · at 0.005 ms"));
        QCOMPARE(view->toolTipAt(QPoint(200, 690)), QString());
    }

    void form_isChangedInPlace()
    {
        const auto page = shown(ui::samples::manyChunks(5000, 10));
        RawView *view = page->response()->view();
        view->verticalScrollBar()->setValue(3000);
        const qint64 top = view->topOctet();
        page->setHex(true);
        QVERIFY(view->topOctet() <= top && top - view->topOctet() < 16);
        page->setHex(false);
        QVERIFY(view->topOctet() <= top && top - view->topOctet() < 16);
    }

    void exchangeThatGrows_keepsPlaceAndCaret()
    {
        const auto page = shown(ui::samples::manyChunks(2000, 10));
        RawView *view = page->response()->view();
        view->setCaret(20'000);
        view->verticalScrollBar()->setValue(1000);
        const qint64 top = view->topOctet();
        page->showExchange(ui::samples::manyChunks(3000, 10));
        QCOMPARE(view->caret(), 20'000);
        QCOMPARE(view->topOctet(), top);
        QCOMPARE(view->octetCount(), 19 + 3000 * 15);
        view->setCaret(view->octetCount());
        QCOMPARE(view->visibleRows().constLast(), QStringLiteral(" xxxxxxxxxxCRLF"));
        auto other = ui::samples::manyChunks(10, 10);
        other->summary.id = 99;
        page->showExchange(other);
        QCOMPARE(view->caret(), 0);
    }

    void messageThatWasCut_isTold()
    {
        auto exchange = ui::samples::chunkedExchange();
        exchange->response.isTruncated = true;
        exchange->response.wireOctets = 5000;
        const auto page = shown(exchange);
        QCOMPARE(page->response()->notice(),
            QStringLiteral("Cut: only the first 117 of 5,037 octets are here."));
        QCOMPARE(page->request()->notice(), QString());
    }

    void messageInTheStore_isReadFromThere()
    {
        exchange::MemoryStore store;
        const exchange::ExchangeId id = store.begin({});
        ui::samples::addChunks(store, id, 0, 5000);
        const qint64 size = 19 + 5000 * 106;
        RawPage page;
        page.resize(1400, 700);
        page.setStore(&store);
        page.show();
        page.showExchange(ui::samples::begun(store, id, 2000));
        RawView *view = page.response()->view();
        QCOMPARE(view->octetCount(), 2000);
        QVERIFY(page.response()->notice().startsWith(QStringLiteral("Reading")));
        const WireSpan last { Direction::Response, size - 106, size };
        page.showSpan(last);
        QTRY_COMPARE(view->octetCount(), size);
        QCOMPARE(page.response()->notice(), QString());
        QCOMPARE(view->mark(), (RawRange { last.begin, last.end }));
        QVERIFY(view->topOctet() > size - 106 * 80);
        QVERIFY(page.response()->placeLine().startsWith(QStringLiteral("Response · chunk 5,000")));
        view->setCaret(2);

        // It goes on: what is there stays, and what comes is added.
        ui::samples::addChunks(store, id, 5000, 100);
        page.showExchange(ui::samples::begun(store, id, 2000));
        QCOMPARE(view->octetCount(), size);
        QTRY_COMPARE(view->octetCount(), size + 100 * 106);
        QCOMPARE(view->caret(), 2);
        page.setStore(nullptr);
        QCOMPARE(view->octetCount(), 0);
    }

    void find_goesFromMatchToMatch()
    {
        const auto page = shown(ui::samples::chunkedExchange());
        ui::RawPane *pane = page->response();
        RawView *view = pane->view();
        view->setCaret(30);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(pane->findBar()->isVisible());
        pane->findBar()->setPattern(QStringLiteral("http/1.1"));
        QTRY_COMPARE(pane->findBar()->status(), QStringLiteral("2 of 2"));
        QCOMPARE(view->selection(), (RawRange { Head, Head + 8 }));
        Q_EMIT pane->findBar()->nextRequested();
        QCOMPARE(view->selection(), (RawRange { 0, 8 }));
        Q_EMIT pane->findBar()->previousRequested();
        QCOMPARE(view->selection(), (RawRange { Head, Head + 8 }));
        pane->findBar()->setPattern(QStringLiteral("nowhere"));
        QTRY_VERIFY(pane->findBar()->status().contains(QStringLiteral("no match")));
        pane->hideFindBar();
        QVERIFY(!pane->findBar()->isVisible());
    }

    void search_findsAcrossReadsAndPieces_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("isExpression");
        QTest::addColumn<bool>("isCaseSensitive");
        QTest::addColumn<QList<qint64>>("begins");
        const auto row = [](const char *name, const QString &pattern, bool isExpression,
                             bool isCaseSensitive, const QList<qint64> &begins) {
            QTest::newRow(name) << pattern << isExpression << isCaseSensitive << begins;
        };
        row("literal", QStringLiteral("needle"), false, true, { 262'140, 600'000 });
        row("case", QStringLiteral("NEEDLE"), false, true, {});
        row("no case", QStringLiteral("NEEDLE"), false, false, { 262'140, 600'000 });
        row("expression", QStringLiteral("n.{2}dle$"), true, true, { 600'000 });
        row("line begin", QStringLiteral("^needle"), true, true, { 262'140 });
        row("UTF-8", QStringLiteral("\u00fc"), false, true, { 700'000 });
        row("empty matches", QStringLiteral("q*"), true, true, {});
    }

    void search_findsAcrossReadsAndPieces()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, isExpression);
        QFETCH(bool, isCaseSensitive);
        QFETCH(QList<qint64>, begins);
        QByteArray octets(800'000, 'x');
        octets.replace(262'139, 7, "\nneedle");
        octets.replace(600'000, 7, "needle\n");
        octets.replace(700'000, 2, "\xc3\xbc");
        ui::RawSearch search;
        search.start(std::make_shared<exchange::MemoryOctets>(octets), pattern, isExpression,
            isCaseSensitive);
        QTRY_VERIFY(!search.isRunning());
        QList<qint64> found;
        for (const RawRange &range : search.matches())
            found += range.begin;
        QCOMPARE(found, begins);
    }

    void search_badExpression_isTold()
    {
        ui::RawSearch search;
        search.start(
            std::make_shared<exchange::MemoryOctets>("abc"), QStringLiteral("("), true, false);
        QVERIFY(search.isPatternInvalid());
        QVERIFY(!search.isRunning());
    }

    void search_tooManyMatches_stops()
    {
        ui::RawSearch search;
        search.start(std::make_shared<exchange::MemoryOctets>(QByteArray(3'000'000, 'a')),
            QStringLiteral("a"), false, false);
        QTRY_VERIFY(!search.isRunning());
        QCOMPARE(search.matches().size(), ui::RawSearch::MatchLimit);
        QVERIFY(search.isBounded());
    }

    void hundredMegabytes_openAtOnce_data()
    {
        QTest::addColumn<bool>("hasLines");
        QTest::newRow("lines") << true;
        QTest::newRow("one line") << false;
    }

    void hundredMegabytes_openAtOnce()
    {
        QFETCH(bool, hasLines);
        auto exchange = std::make_shared<exchange::Exchange>();
        exchange->summary.id = 1;
        exchange->response.startLine = "HTTP/1.1 200 OK";
        exchange->response.octets = { { 0, exchange::Part::Head, "HTTP/1.1 200 OK\r\n\r\n" } };
        QByteArray piece(65'536, 'x');
        for (int at = 99; hasLines && at < piece.size(); at += 100)
            piece[at] = '\n';
        for (int i = 0; i < 1600; ++i)
            exchange->response.octets.append({ i, exchange::Part::Body, piece }); // shared
        exchange->response.wireOctets = 19 + 1600LL * 65'536;
        RawPage page;
        page.resize(1400, 700);
        page.show();
        const headrace::test::CpuTimer timer;
        page.showExchange(exchange);
        page.grab();
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
        RawView *view = page.response()->view();
        QCOMPARE(view->visibleRows().constFirst(), QStringLiteral("0.000000 HTTP/1.1 200 OKCRLF"));
        page.showSpan(
            WireSpan { Direction::Response, view->octetCount() - 10, view->octetCount() });
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(view->mark()->end, view->octetCount());
    }
};

QTEST_MAIN(RawPageTest)

#include "tst_rawpage.moc"
