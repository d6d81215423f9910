#include "wiresamples.h"

#include <inspector/fieldmodel.h>
#include <inspector/fieldtableview.h>
#include <inspector/headnotes.h>
#include <inspector/headspage.h>
#include <inspector/messagehead.h>
#include <inspector/notessection.h>
#include <inspector/rawlines.h>

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>

using namespace headrace;
using exchange::Direction;
using exchange::FieldList;
using exchange::Part;
using exchange::WireSpan;
using ui::FieldModel;
using ui::HeadsPage;
using ui::MessageHead;

namespace {

/// A response whose head is \a lines, read as a parser would.
std::shared_ptr<exchange::Exchange> answered(const QByteArray &lines)
{
    auto exchange = ui::samples::chunkedExchange();
    exchange->interim.clear();
    exchange->summary.scheme = QStringLiteral("https");
    exchange->summary.host = QStringLiteral("www.example.test:8443");
    exchange->summary.method = QStringLiteral("GET");
    exchange->summary.target = QStringLiteral("/a/b?c");
    exchange->summary.began = QDateTime(QDate(2026, 11, 27), QTime(6, 0), Qt::UTC);
    exchange::Message &response = exchange->response;
    const QByteArray head = "HTTP/1.1 200 OK\r\n" + lines + "\r\n";
    response.octets = { { 10, Part::Head, head } };
    response.wireOctets = head.size();
    response.fields.clear();
    response.trailers.clear();
    for (const exchange::FieldLine &line : exchange::readFieldBlock(head, true).fields)
        response.fields.emplaceBack(head.mid(line.begin, line.nameEnd - line.begin),
            head.mid(line.valueBegin, line.valueEnd - line.valueBegin));
    return exchange;
}

QList<MessageHead *> shownHeads(const QWidget &page)
{
    QList<MessageHead *> heads = page.findChildren<MessageHead *>();
    heads.removeIf([](const MessageHead *head) { return head->isHidden(); });
    std::sort(heads.begin(), heads.end(), [](const MessageHead *one, const MessageHead *other) {
        const QPoint a = one->mapTo(one->window(), QPoint());
        const QPoint b = other->mapTo(other->window(), QPoint());
        return std::pair(a.x(), a.y()) < std::pair(b.x(), b.y());
    });
    return heads;
}

std::unique_ptr<HeadsPage> shown(
    const std::shared_ptr<exchange::Exchange> &exchange, HeadsPage::What what)
{
    auto page = std::make_unique<HeadsPage>(what);
    page->resize(1400, 600);
    page->showExchange(exchange);
    page->show();
    QTest::qWait(20); // for the layout
    return page;
}

QByteArray octetsOf(const exchange::Exchange &exchange, const QList<QVariant> &arguments)
{
    const auto span = arguments.constFirst().value<std::optional<WireSpan>>();
    if (!span)
        return "nothing";
    QByteArray all = exchange.request.raw();
    if (span->direction == Direction::Response) {
        all.clear();
        for (const exchange::Message &interim : exchange.interim)
            all += interim.raw();
        all += exchange.response.raw();
    }
    return all.mid(span->begin, span->end - span->begin);
}

QStringList remarksOf(const MessageHead *head)
{
    const QAbstractItemModel *model = head->table()->model();
    QStringList remarks;
    for (int row = 0; row < model->rowCount(); ++row)
        remarks += model->index(row, FieldModel::Remark).data().toString();
    return remarks;
}

QStringList linesOf(const ui::HeadNotes &notes)
{
    QStringList lines;
    for (const ui::HeadNote &line : notes.lines)
        lines += line.title + u'|' + line.text;
    return lines;
}

} // namespace

/// Heads and trailers, tied to their octets and explained.
class HeadsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fieldSelected_tellsItsOctets()
    {
        const auto exchange = ui::samples::chunkedExchange();
        const auto page = shown(exchange, HeadsPage::What::Heads);
        const auto heads = shownHeads(*page);
        QCOMPARE(heads.size(), 3); // request, interim, response
        QSignalSpy chosen(page.get(), &HeadsPage::spanSelected);
        heads.at(2)->table()->selectRow(1);
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("Trailer: X-Sum, Y\r\n"));
        QCOMPARE(heads.at(2)->raw()->markedLine(), 2);
        heads.at(1)->table()->selectRow(0);
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("Link: x\r\n"));
        // One at a time.
        QVERIFY(!heads.at(2)->table()->selectionModel()->hasSelection());
        QCOMPARE(heads.at(2)->raw()->markedLine(), -1);
        heads.at(0)->table()->selectRow(0);
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("Host: a\r\n"));
        heads.at(0)->table()->clearSelection();
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("nothing"));
    }

    void spanOfAnotherPage_marksFieldAndOctetsQuietly()
    {
        const auto page = shown(ui::samples::chunkedExchange(), HeadsPage::What::Heads);
        const auto heads = shownHeads(*page);
        QSignalSpy chosen(page.get(), &HeadsPage::spanSelected);
        const auto rows = [&] {
            QStringList marked;
            for (const MessageHead *head : heads) {
                const auto selected = head->table()->selectionModel()->selectedRows();
                marked += QStringLiteral("%1/%2")
                              .arg(selected.isEmpty() ? -1 : selected.constFirst().row())
                              .arg(head->raw()->markedLine());
            }
            return marked.join(u' ');
        };
        page->showSpan(WireSpan { Direction::Response, 26, 35 });
        QCOMPARE(rows(), QStringLiteral("-1/-1 0/1 -1/-1"));
        page->showSpan(WireSpan { Direction::Response, 56, 57 });
        QCOMPARE(rows(), QStringLiteral("-1/-1 -1/-1 0/1"));
        page->showSpan(WireSpan { Direction::Request, 0, 16 });
        QCOMPARE(rows(), QStringLiteral("-1/0 -1/-1 -1/-1"));
        page->showSpan(WireSpan { Direction::Response, 84, 86 }); // a chunk
        QCOMPARE(rows(), QStringLiteral("-1/-1 -1/-1 -1/-1"));
        page->showSpan({});
        QCOMPARE(chosen.size(), 0);
    }

    void octetsClicked_selectTheirField()
    {
        const auto exchange = ui::samples::chunkedExchange();
        const auto page = shown(exchange, HeadsPage::What::Heads);
        MessageHead *head = shownHeads(*page).at(2);
        QSignalSpy chosen(page.get(), &HeadsPage::spanSelected);
        const auto click = [&](int line) {
            const QTextCursor cursor(head->raw()->document()->findBlockByNumber(line));
            QTest::mouseClick(head->raw()->viewport(), Qt::LeftButton, {},
                head->raw()->cursorRect(cursor).center());
        };
        click(1);
        QCOMPARE(head->table()->selectionModel()->selectedRows().constFirst().row(), 0);
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("TE: 1\r\n"));
        click(0);
        QVERIFY(!head->table()->selectionModel()->hasSelection());
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("HTTP/1.1 200 OK\r\n"));
    }

    void foldedField_isMarkedWithAllItsLines()
    {
        const auto exchange = answered("A: 1\r\n 2\r\n\t3\r\nB: 4\r\n");
        const auto page = shown(exchange, HeadsPage::What::Heads);
        const MessageHead *head = shownHeads(*page).at(1);
        head->table()->selectRow(0);
        QCOMPARE(head->raw()->extraSelections().size(), 3);
        head->table()->selectRow(1);
        QCOMPARE(head->raw()->extraSelections().size(), 1);
        QCOMPARE(head->raw()->markedLine(), 4);
    }

    void oddSpellings_areToldInWords()
    {
        const auto exchange = answered("Content-Type: text/html\r\nset-cookie: a=1\r\n"
                                       "Set-Cookie: b=2\r\nX-A : 1\r\nX-B:  2\r\nX-C: a\r\n b\r\n"
                                       "X-D: caf\xe9\nX-E: 1\x01\r\n");
        const auto page = shown(exchange, HeadsPage::What::Heads);
        const MessageHead *head = shownHeads(*page).at(1);
        QCOMPARE(remarksOf(head),
            (QStringList { QString(), QStringLiteral("1 of 2, spelling"), QStringLiteral("2 of 2"),
                QStringLiteral("⚠ space before :"), QStringLiteral("spaces"),
                QStringLiteral("⚠ folded"), QStringLiteral("⚠ LF, not ASCII"),
                QStringLiteral("⚠ control") }));
        const QAbstractItemModelTester tester(head->table()->model());
        const QString tip = head->table()->model()->index(5, 0).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QStringLiteral("RFC 9112, 5.2")), qPrintable(tip));
    }

    void plainHeads_haveNoRemarks()
    {
        const auto page
            = shown(answered("Content-Type: text/html\r\nX-A: 1\r\n"), HeadsPage::What::Heads);
        QVERIFY(shownHeads(*page).at(1)->table()->isColumnHidden(FieldModel::Remark));
    }

    void toolTips_explainFieldsAndValues()
    {
        const auto exchange
            = answered("Cache-Control: max-age=60, private\r\nX-Nobody-Knows: <b>\r\n");
        const auto page = shown(exchange, HeadsPage::What::Heads);
        const QAbstractItemModel *model = shownHeads(*page).at(1)->table()->model();
        const QString tip = model->index(0, 1).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QStringLiteral("RFC 9111, 5.2")), qPrintable(tip));
        QVERIFY2(
            tip.contains(QStringLiteral("<b>max-age=60</b>: fresh for 1 min")), qPrintable(tip));
        const QString other = model->index(1, 1).data(Qt::ToolTipRole).toString();
        QVERIFY2(other.contains(QStringLiteral("&lt;b&gt;")), qPrintable(other));
    }

    void cookies_areBrokenDown()
    {
        const auto exchange
            = answered("Set-Cookie: a=1; Path=/; Secure; SameSite=Lax; Max-Age=60\r\n"
                       "Set-Cookie: b=2; SameSite=None\r\n");
        exchange->request.fields = { { "Host", "a" }, { "Cookie", "x=1; y=2; x=3" } };
        const ui::HeadNotes sent = ui::cookieNotes(*exchange, exchange->request);
        QCOMPARE(sent.summary, QStringLiteral("3 sent"));
        QCOMPARE(linesOf(sent).first(3),
            (QStringList { QStringLiteral("x|1"), QStringLiteral("y|2"), QStringLiteral("x|3") }));
        const ui::HeadNotes set = ui::cookieNotes(*exchange, exchange->response);
        QCOMPARE(set.summary, QStringLiteral("2 set, 1 refused"));
        const QStringList lines = linesOf(set);
        QCOMPARE(lines.at(0), QStringLiteral("a|1"));
        QVERIFY2(
            lines.at(1).contains(QStringLiteral("sent to www.example.test only, for / and below")),
            qPrintable(lines.at(1)));
        QVERIFY(lines.contains(QStringLiteral("Secure|sent back over HTTPS only")));
        QVERIFY(lines.contains(QStringLiteral("|Refused: SameSite=None needs Secure.")));
        QVERIFY(ui::cookieNotes(
            *ui::samples::chunkedExchange(), ui::samples::chunkedExchange()->response)
                    .isEmpty());
    }

    void notes_areBounded()
    {
        const auto exchange = answered(QByteArray("Set-Cookie: a=1\r\n").repeated(300));
        const ui::HeadNotes notes = ui::cookieNotes(*exchange, exchange->response);
        QCOMPARE(notes.lines.size(), 200);
        QVERIFY(notes.lines.constLast().text.contains(QStringLiteral("more lines")));
    }

    void caching_isShownAndFoldedAway()
    {
        const auto exchange = answered("Cache-Control: max-age=60\r\n");
        const auto page = shown(exchange, HeadsPage::What::Heads);
        const auto sectionOf = [&]() -> ui::NotesSection * {
            for (ui::NotesSection *section : shownHeads(*page).at(1)->sections()) {
                if (section->notes().title == QStringLiteral("Caching"))
                    return section;
            }
            return nullptr;
        };
        ui::NotesSection *section = sectionOf();
        QVERIFY(section && section->isVisible());
        QVERIFY(section->isExpanded());
        QCOMPARE(section->notes().summary, QStringLiteral("Fresh for 1 min"));
        section->findChild<QToolButton *>()->click();
        QVERIFY(!section->isExpanded());
        // It stays so for the next exchange.
        const auto next = answered("Cache-Control: no-store\r\n");
        next->summary.id = 9;
        page->showExchange(next);
        QVERIFY(!sectionOf()->isExpanded());
        page->showExchange(ui::samples::chunkedExchange());
        for (const MessageHead *head : shownHeads(*page)) {
            for (const ui::NotesSection *other : head->sections())
                QVERIFY(other->notes().isEmpty() == other->isHidden());
        }
    }

    void trailers_areTiedToTheirOctets()
    {
        const auto exchange = ui::samples::chunkedExchange();
        const auto page = shown(exchange, HeadsPage::What::Trailers);
        const auto heads = shownHeads(*page);
        QCOMPARE(heads.size(), 1);
        QSignalSpy chosen(page.get(), &HeadsPage::spanSelected);
        heads.at(0)->table()->selectRow(1);
        QCOMPARE(octetsOf(*exchange, chosen.takeLast()), QByteArray("Y: 2\r\n"));
        QCOMPARE(heads.at(0)->raw()->markedLine(), 1);
        page->showSpan(WireSpan { Direction::Response, 100, 101 });
        QCOMPARE(heads.at(0)->table()->selectionModel()->selectedRows().constFirst().row(), 0);
        QCOMPARE(heads.at(0)->raw()->markedLine(), 0);
        QCOMPARE(remarksOf(heads.at(0)), (QStringList { QString(), QString() }));
    }

    void trailers_thatMayNotBe_areTold()
    {
        const auto exchange = ui::samples::chunkedExchange();
        exchange->response.trailers = { { "Content-Length", "1" }, { "Y", "2" } };
        exchange->response.fields = { { "Trailer", "y, Digest" }, { "trailer", "Y" } };
        exchange->response.endTime = 2000;
        const auto page = shown(exchange, HeadsPage::What::Trailers);
        const MessageHead *head = shownHeads(*page).at(0);
        QCOMPARE(remarksOf(head),
            (QStringList { QStringLiteral("⚠ forbidden, unannounced"), QString() }));
        QCOMPARE(linesOf(head->sections().constFirst()->notes()),
            QStringList { QStringLiteral(
                "Digest|Trailer announced it, but it did not come (RFC 9110, 6.6.2).") });
    }

    void trailers_announcedAndMissing_areToldWithoutAny()
    {
        const auto exchange = ui::samples::chunkedExchange();
        exchange->response.trailers.clear();
        const auto page = shown(exchange, HeadsPage::What::Trailers);
        QCOMPARE(shownHeads(*page).size(), 0); // it may still come
        exchange->response.endTime = 2000;
        page->showExchange(exchange);
        QCOMPARE(shownHeads(*page).size(), 1);
        QVERIFY(shownHeads(*page).at(0)->sections().constFirst()->isVisible());
    }

    void enter_asksForTheRawOctets()
    {
        const auto page = shown(ui::samples::chunkedExchange(), HeadsPage::What::Heads);
        QSignalSpy asked(page.get(), &HeadsPage::rawRequested);
        ui::FieldTableView *table = shownHeads(*page).at(0)->table();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
    }
};

QTEST_MAIN(HeadsPageTest)

#include "tst_headspage.moc"
