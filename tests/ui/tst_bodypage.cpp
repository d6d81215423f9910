#include "samples.h"

#include <inspector/bodypage.h>
#include <inspector/bodyview.h>
#include <text/textview.h>

#include <QTest>
#include <QThreadPool>

using namespace headrace;
using ui::BodyPage;
using ui::BodyView;
using ui::samples::Sample;

namespace {

/// {"state":"out of stock","items":[1,2,3]} as gzip writes it.
QByteArray packed()
{
    return QByteArray::fromHex("1f8b0800000000000203ab562a2e492c4955b252ca2f2d51c84f53282ec94fce56d"
                               "251ca2c49cd2d56b28a36d431d2318ead0500059425a828000000");
}

} // namespace

/// Bodies with codings: taken off, as they were sent, and damaged ones.
class BodyPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packed_isShownDecoded_orAsSent();
    void packed_damaged_isShownAsFarAsItGoes();
    void packed_unknownCoding_isShownAsSent();
    void packed_thatIsNoGzip_isShownAsSent();
    void plain_offersNoChoice();
    void otherExchange_whileDecoding_isTheOneShown();

private:
    static ui::ExchangePointer made(const QByteArray &coding, const QByteArray &body);
};

ui::ExchangePointer BodyPageTest::made(const QByteArray &coding, const QByteArray &body)
{
    exchange::MemoryStore store;
    Sample sample;
    sample.fields = { { "Content-Type", "application/json" } };
    if (!coding.isEmpty())
        sample.fields.emplaceBack("Content-Encoding", coding);
    sample.body = body;
    const exchange::ExchangeId id = ui::samples::add(store, sample);
    return std::make_shared<const exchange::Exchange>(*store.exchange(id));
}

void BodyPageTest::packed_isShownDecoded_orAsSent()
{
    BodyPage page;
    page.resize(800, 400);
    page.show();
    page.showExchange(made("gzip", packed()));
    BodyView *view = page.view();
    QTRY_COMPARE(view->form(), BodyView::Form::Pretty);
    QTRY_VERIFY(view->textView()->text().contains(QStringLiteral("out of stock")));
    QCOMPARE(view->notice(), QString());

    page.setDecoded(false);
    QTRY_COMPARE(view->form(), BodyView::Form::Hex);
    QVERIFY(view->notice().contains(QStringLiteral("gzip")));
    page.setDecoded(true);
    QTRY_COMPARE(view->form(), BodyView::Form::Pretty);
}

void BodyPageTest::packed_damaged_isShownAsFarAsItGoes()
{
    QByteArray body = packed();
    body.chop(12); // the end of the data, and the check
    BodyPage page;
    page.showExchange(made("gzip", body));
    QTRY_VERIFY(page.view()->notice().contains(QStringLiteral("gzip at octet")));
    QTRY_VERIFY(page.view()->textView()->text().contains(QStringLiteral("state")));
}

void BodyPageTest::packed_unknownCoding_isShownAsSent()
{
    BodyPage page;
    page.showExchange(made("sdch", "whatever it is"));
    QTRY_VERIFY(page.view()->notice().contains(QStringLiteral("sdch")));
}

void BodyPageTest::packed_thatIsNoGzip_isShownAsSent()
{
    BodyPage page;
    page.showExchange(made("gzip", R"({"not":"packed"})"));
    QTRY_VERIFY(page.view()->notice().contains(QStringLiteral("gzip")));
    QTRY_COMPARE(page.view()->form(), BodyView::Form::Hex);
}

void BodyPageTest::plain_offersNoChoice()
{
    BodyPage page;
    page.showExchange(made({}, R"({"plain":true})"));
    QTRY_VERIFY(page.view()->textView()->text().contains(QStringLiteral("plain")));
    QVERIFY(page.isDecoded());
}

void BodyPageTest::otherExchange_whileDecoding_isTheOneShown()
{
    BodyPage page;
    page.showExchange(made("gzip", packed()));
    page.showExchange(made({}, R"({"plain":true})"));
    QTRY_VERIFY(page.view()->textView()->text().contains(QStringLiteral("plain")));
    // What was being decoded is done now, and its answer delivered.
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QCoreApplication::processEvents();
    QTRY_VERIFY(!page.view()->isWorking());
    QVERIFY(!page.view()->textView()->text().contains(QStringLiteral("stock")));
}

QTEST_MAIN(BodyPageTest)
#include "tst_bodypage.moc"
