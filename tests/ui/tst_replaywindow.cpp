#include "samples.h"

#include <exchange/exchangebuilder.h>

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <compare/comparewindow.h>
#include <replay/replaymodel.h>
#include <replay/replayoptionsform.h>
#include <replay/replayprogress.h>
#include <replay/replaywindow.h>

using namespace headrace;
using exchange::ExchangeId;
using session::Replay;
using session::ReplayOptions;
using ui::ReplayModel;
using ui::ReplayWindow;
using Verdict = ReplayModel::Verdict;

namespace {

/// Answers each request with the words of its path: "/200/hello".
class Echo : public QTcpServer
{
public:
    Echo()
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [socket] {
                    const QByteArrayList words = socket->readAll().split(' ').at(1).split('/');
                    if (words.at(1) == "wait")
                        return;
                    socket->write("HTTP/1.1 " + words.at(1) + " X\r\nContent-Length: "
                        + QByteArray::number(words.at(2).size()) + "\r\n\r\n" + words.at(2));
                });
        });
    }
};

ExchangeId add(exchange::MemoryStore &store, const Echo &server, const QByteArray &path)
{
    ui::samples::Sample sample;
    sample.host = QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
    sample.target = QString::fromLatin1(path);
    sample.body = "hello";
    return ui::samples::add(store, sample);
}

QString cell(const ReplayWindow &window, int row, int column)
{
    return window.model()->index(row, column).data().toString();
}

} // namespace

class ReplayWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answers_areListedBesideTheOldOnes()
    {
        const Echo server;
        exchange::MemoryStore store;
        Replay replay(store, store, 1 << 20);
        ReplayWindow window(&store, &replay, nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        const QAbstractItemModelTester tester(window.model());
        exchange::Exchange tunnel;
        tunnel.summary.method = QStringLiteral("CONNECT");
        window.setIds({ add(store, server, "/200/hello"), add(store, server, "/404/hello"),
            add(store, server, "/200/other"), exchange::tellExchange(store, tunnel) });
        QCOMPARE(window.model()->rowCount(), 4);
        QCOMPARE(window.progress()->text(), QStringLiteral("4 requests"));
        QVERIFY(window.progress()->cancelButton()->isHidden());
        QSignalSpy finished(&replay, &Replay::finished);
        window.form()->startButton()->click();
        QVERIFY(!window.form()->startButton()->isEnabled());
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(window.form()->startButton()->isEnabled());

        const Verdict verdicts[]
            = { Verdict::Same, Verdict::Different, Verdict::Different, Verdict::NotSent };
        for (int row = 0; row < 4; ++row)
            QCOMPARE(window.model()->verdictAt(row), verdicts[row]);
        QCOMPARE(cell(window, 0, ReplayModel::StatusColumn), QStringLiteral("200"));
        QCOMPARE(cell(window, 1, ReplayModel::StatusColumn), QStringLiteral("200 → 404"));
        QVERIFY(cell(window, 0, ReplayModel::BodyColumn).startsWith(u'='));
        QVERIFY(cell(window, 2, ReplayModel::BodyColumn).startsWith(u'≠'));
        QVERIFY(cell(window, 3, ReplayModel::ResultColumn).contains(QStringLiteral("tunnel")));
        QCOMPARE(window.progress()->text(),
            QStringLiteral("4 requests · ✓ 1 the same · ≠ 2 different · ⊘ 1 not sent"));
        QCOMPARE(store.summary(window.model()->replayedAt(0))->note,
            QStringLiteral("replay of #%1").arg(window.model()->recordedAt(0)));
    }

    void pair_activated_isCompared()
    {
        const Echo server;
        exchange::MemoryStore store;
        Replay replay(store, store, 1 << 20);
        ReplayWindow window(&store, &replay, nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        window.setIds({ add(store, server, "/200/hello") });
        window.table()->selectRow(0);
        const QList<QAction *> actions = window.table()->actions();
        QVERIFY(!actions.at(0)->isEnabled());
        QSignalSpy finished(&replay, &Replay::finished);
        window.form()->startButton()->click();
        QTRY_COMPARE(finished.size(), 1);
        window.table()->selectRow(0);
        QVERIFY(actions.at(0)->isEnabled());
        actions.at(0)->trigger();
        const auto *compare = window.findChild<ui::CompareWindow *>();
        QVERIFY(compare);
        QSignalSpy activated(&window, &ReplayWindow::exchangeActivated);
        actions.at(1)->trigger();
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first().first().value<ExchangeId>(), window.model()->replayedAt(0));
    }

    void cancel_endsIt()
    {
        const Echo server;
        exchange::MemoryStore store;
        Replay replay(store, store, 1 << 20);
        ReplayWindow window(&store, &replay, nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        window.setIds({ add(store, server, "/wait"), add(store, server, "/wait") });
        window.form()->startButton()->click();
        QTRY_VERIFY(window.model()->replayedAt(0) != 0);
        QVERIFY(window.progress()->cancelButton()->isVisible());
        QVERIFY(window.progress()->text().startsWith(QStringLiteral("0 of 2")));
        window.setIds({}); // not while it goes on
        QCOMPARE(window.model()->rowCount(), 2);
        window.progress()->cancelButton()->click();
        QTRY_VERIFY(!replay.isRunning());
        QCOMPARE(window.model()->verdictAt(0), Verdict::Failed);
        QCOMPARE(window.model()->verdictAt(1), Verdict::NotSent);
    }

    void options_areAsChosen()
    {
        ui::ReplayOptionsForm form;
        form.setStartable(true);
        QVERIFY(form.startButton()->isEnabled());
        ReplayOptions options;
        options.pace = ReplayOptions::Pace::Parallel;
        options.parallel = 3;
        options.origin = QStringLiteral("http://a.test");
        options.keepsHost = true;
        options.verifyCertificates = false;
        form.setOptions(options);
        QCOMPARE(form.options().pace, options.pace);
        QCOMPARE(form.options().parallel, 3);
        QCOMPARE(form.options().origin, options.origin);
        QVERIFY(form.options().keepsHost);
        QVERIFY(!form.options().verifyCertificates);
        form.originEdit()->setText(QStringLiteral("http://a.test/path"));
        QVERIFY(!form.problem().isEmpty());
        QVERIFY(!form.startButton()->isEnabled());
    }
};

QTEST_MAIN(ReplayWindowTest)
#include "tst_replaywindow.moc"
