#include "proxy/breakpointlistmodel.h"
#include "proxy/proxydefinition.h"
#include "proxy/rulelistmodel.h"
#include "proxy/rulestorage.h"
#include "proxy/ruletext.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonDocument>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headrace;
using namespace headrace::ui;

namespace {

QList<proxy::Rule> threeRules()
{
    QList<proxy::Rule> rules { newRule(ActionKind::Block), newRule(ActionKind::Delay),
        newRule(ActionKind::ChangeField) };
    rules[0].name = QStringLiteral("one");
    rules[1].name = QStringLiteral("two");
    rules[2].name = QStringLiteral("three");
    return rules;
}

QString namesOf(const RuleListModel &model)
{
    QStringList names;
    for (const proxy::Rule &rule : model.rules())
        names += rule.name;
    return names.join(u' ');
}

} // namespace

class RuleListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_model = std::make_unique<RuleListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setRules(threeRules());
    }

    void move_undo_redo_keepOrderAndIds();
    void drop_movesTheRowAndTellsWhere_data();
    void drop_movesTheRowAndTellsWhere();
    void edits_ofOneRow_areOneStepBack();
    void box_turnsTheRuleOff();
    void brokenFilter_isTold_andTheRuleIsNotUsed();
    void matches_showAtTheirRule();
    void action_problem_data();
    void action_problem();
    void everyKind_hasNameExampleAndDescription();
    void definition_json_roundTrip();
    void definition_json_wrongTypes_giveDefaults();
    void keptProxy_onlyTheOwnerReadsIt();
    void keptProxy_brokenFile_isPutAside();
    void storage_roundTrip_andBrokenFileIsTold();
    void breakpoints_takeStates_turnOffWithoutAStep();
    void breakpoint_holdingNowhere_isNotUsed();

private:
    std::unique_ptr<RuleListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void RuleListModelTest::move_undo_redo_keepOrderAndIds()
{
    const QString id = m_model->rule(2).id;
    QVERIFY(m_model->moveRule(2, 0));
    QCOMPARE(namesOf(*m_model), QStringLiteral("three one two"));
    QCOMPARE(m_model->rule(0).id, id);
    QVERIFY(!m_model->moveRule(0, 3));
    m_model->removeRule(1);
    QCOMPARE(namesOf(*m_model), QStringLiteral("three two"));
    m_model->undo();
    m_model->undo();
    QCOMPARE(namesOf(*m_model), QStringLiteral("one two three"));
    QVERIFY(!m_model->canUndo());
    m_model->redo();
    QCOMPARE(namesOf(*m_model), QStringLiteral("three one two"));
}

void RuleListModelTest::drop_movesTheRowAndTellsWhere_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("now");
    QTest::addColumn<QString>("names");
    QTest::newRow("first to the end") << 0 << 3 << 2 << QStringLiteral("two three one");
    QTest::newRow("last to the begin") << 2 << 0 << 0 << QStringLiteral("three one two");
    QTest::newRow("first behind the second") << 0 << 2 << 1 << QStringLiteral("two one three");
    QTest::newRow("where it is") << 1 << 1 << -1 << QStringLiteral("one two three");
    QTest::newRow("behind itself") << 1 << 2 << -1 << QStringLiteral("one two three");
}

void RuleListModelTest::drop_movesTheRowAndTellsWhere()
{
    QFETCH(int, from);
    QFETCH(int, before);
    QFETCH(int, now);
    QFETCH(QString, names);
    QSignalSpy moved(m_model.get(), &RuleListModel::movedByDrop);
    const std::unique_ptr<QMimeData> data(m_model->mimeData({ m_model->index(from, 1) }));
    QVERIFY(!m_model->dropMimeData(data.get(), Qt::MoveAction, before, 0, {}));
    QCOMPARE(namesOf(*m_model), names);
    QCOMPARE(moved.count(), now < 0 ? 0 : 1);
    if (now >= 0)
        QCOMPARE(moved.constFirst().constFirst().toInt(), now);
}

void RuleListModelTest::edits_ofOneRow_areOneStepBack()
{
    for (const QString &name :
        { QStringLiteral("t"), QStringLiteral("tw"), QStringLiteral("twice") }) {
        proxy::Rule rule = m_model->rule(1);
        rule.name = name;
        m_model->setRule(1, rule);
    }
    m_model->undo();
    QCOMPARE(namesOf(*m_model), QStringLiteral("one two three"));
}

void RuleListModelTest::box_turnsTheRuleOff()
{
    QSignalSpy changed(m_model.get(), &RuleListModel::changed);
    const QModelIndex box = m_model->index(0, RuleListModel::EnabledColumn);
    QCOMPARE(box.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QVERIFY(m_model->setData(box, Qt::Unchecked, Qt::CheckStateRole));
    QVERIFY(!m_model->rule(0).isEnabled);
    QCOMPARE(changed.count(), 1);
}

void RuleListModelTest::brokenFilter_isTold_andTheRuleIsNotUsed()
{
    proxy::Rule rule = m_model->rule(0);
    rule.filter = QStringLiteral("(host:a");
    m_model->setRule(0, rule);
    QVERIFY(!m_model->problem(0).isEmpty());
    QCOMPARE(m_model->index(0, RuleListModel::NameColumn).data(SwitchRole::Problem),
        QVariant(m_model->problem(0)));
    QVERIFY(m_model->rule(0).isEnabled);
    QVERIFY(!m_model->usableRules().constFirst().isEnabled);
    QVERIFY(m_model->usableRules().constLast().isEnabled);
}

void RuleListModelTest::matches_showAtTheirRule()
{
    m_model->setMatches({ { m_model->rule(1).id, 1234 } });
    const auto shown = [this](int row) {
        return m_model->index(row, RuleListModel::MatchesColumn).data().toString();
    };
    QCOMPARE(shown(0), QString());
    QCOMPARE(shown(1), QStringLiteral("1,234"));
    QVERIFY(m_model->moveRule(1, 0));
    QCOMPARE(shown(0), QStringLiteral("1,234"));
}

void RuleListModelTest::action_problem_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRight");
    const int remote = int(ActionKind::MapRemote);
    QTest::newRow("URL") << remote << QStringLiteral("https://b.test:8443/v2") << true;
    QTest::newRow("host and port") << remote << QStringLiteral("b.test:8443") << true;
    QTest::newRow("IPv6") << remote << QStringLiteral("http://[::1]:80") << true;
    QTest::newRow("no address") << remote << QString() << false;
    QTest::newRow("other scheme") << remote << QStringLiteral("ftp://b.test") << false;
    QTest::newRow("blank within") << remote << QStringLiteral("http://b test/") << false;
    const int local = int(ActionKind::MapLocal);
    QTest::newRow("folder") << local << QDir::tempPath() << true;
    QTest::newRow("no such file") << local << QStringLiteral("/no/such/file") << false;
    const int replace = int(ActionKind::ReplaceInBody);
    QTest::newRow("expression") << replace << QStringLiteral("(a|b)+") << true;
    QTest::newRow("broken expression") << replace << QStringLiteral("(a") << false;
    const int field = int(ActionKind::ChangeField);
    QTest::newRow("header") << field << QStringLiteral("X-A") << true;
    QTest::newRow("header with blank") << field << QStringLiteral("X A") << false;
    QTest::newRow("no header") << field << QString() << false;
}

void RuleListModelTest::action_problem()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(bool, isRight);
    proxy::Action action = exampleAction(ActionKind(kind));
    if (auto *remote = std::get_if<proxy::MapRemote>(&action))
        remote->url = text;
    else if (auto *local = std::get_if<proxy::MapLocal>(&action))
        local->path = text;
    else if (auto *field = std::get_if<proxy::ChangeField>(&action))
        field->name = text.toUtf8();
    else if (auto *replace = std::get_if<proxy::ReplaceInBody>(&action))
        *replace = { proxy::Target::Response, text, {}, true, true };
    QCOMPARE(actionProblem(action).isEmpty(), isRight);
}

void RuleListModelTest::everyKind_hasNameExampleAndDescription()
{
    for (int i = 0; i < ActionKindCount; ++i) {
        const proxy::Action action = exampleAction(ActionKind(i));
        QCOMPARE(int(kindOf(action)), i);
        QVERIFY(!displayName(ActionKind(i)).isEmpty());
        QVERIFY(!explanation(ActionKind(i)).isEmpty());
        QVERIFY(!shortDescription(action).isEmpty());
    }
    QCOMPARE(ActionKindCount, int(std::variant_size_v<proxy::Action>));
}

void RuleListModelTest::definition_json_roundTrip()
{
    ProxyDefinition definition;
    for (int i = 0; i < ActionKindCount; ++i)
        definition.rules.append(newRule(ActionKind(i)));
    definition.rules[0].action = proxy::MapLocal { QStringLiteral("/srv/site") };
    definition.rules[1].isEnabled = false;
    definition.rules[1].filter = QStringLiteral("host:a.test |");
    definition.rules[2].action = proxy::Answer { 418, QStringLiteral("Tea"),
        { { "X-A", "\xff" }, { "x-a", "2" } }, QByteArray("\0\xff", 2) };
    definition.rules[6].action
        = proxy::Delay { proxy::Target::Response, std::chrono::milliseconds(7) };
    definition.breakpoints.append(newBreakpoint());
    definition.breakpoints[0].at = proxy::HoldAt::ResponseBody | proxy::HoldAt::RequestHead;
    definition.breakpoints[0].onlyNext = true;
    proxy::Settings &settings = definition.settings;
    settings.listeners = { { QHostAddress(QHostAddress::AnyIPv4), 9000, false } };
    settings.clientCredentials = proxy::Credentials { QStringLiteral("me"), QStringLiteral("pw") };
    settings.reverse = QUrl(QStringLiteral("https://api.test/v1"));
    settings.upstream = { proxy::Upstream::Choice::Fixed,
        QUrl(QStringLiteral("http://u:p@up.test:3128")), { QStringLiteral("*.local") } };
    settings.interceptsTls = false;
    settings.notIntercepted = { QStringLiteral("bank.test") };
    settings.unverified = { QStringLiteral("self.test") };
    settings.lenient = { QStringLiteral("odd.test") };
    settings.clientCertificates
        = { { QStringLiteral("m.test"), QStringLiteral("/c.pem"), QStringLiteral("/k.pem") } };
    settings.keyLogFile = QStringLiteral("/tmp/keys");
    const QByteArray octets = QJsonDocument(toJson(definition)).toJson();
    QVERIFY(proxyDefinitionFromJson(QJsonDocument::fromJson(octets).object()) == definition);
}

void RuleListModelTest::definition_json_wrongTypes_giveDefaults()
{
    const QJsonDocument document = QJsonDocument::fromJson(
        "{\"settings\": 3, \"rules\": [1, {\"action\": {\"kind\": \"delay\", \"time\": \"x\"}}], "
        "\"breakpoints\": {\"a\": 1}}");
    const ProxyDefinition definition = proxyDefinitionFromJson(document.object());
    QVERIFY(definition.settings == proxy::Settings());
    QCOMPARE(definition.rules.size(), 2);
    QVERIFY(!definition.rules.at(0).id.isEmpty());
    QVERIFY(definition.breakpoints.isEmpty());
}

void RuleListModelTest::keptProxy_onlyTheOwnerReadsIt()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a/proxy.json"));
    KeptProxy kept(path);
    QVERIFY(kept.load() == ProxyDefinition());
    ProxyDefinition definition;
    definition.rules = threeRules();
    QVERIFY(kept.save(definition));
    QVERIFY(kept.load() == definition);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path) & others));
}

void RuleListModelTest::keptProxy_brokenFile_isPutAside()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("proxy.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"rules\": [");
    file.close();
    KeptProxy kept(path);
    QVERIFY(kept.load() == ProxyDefinition());
    QVERIFY(kept.problem().contains(QStringLiteral(".broken")));
    QVERIFY(QFile::exists(path + QStringLiteral(".broken")));
}

void RuleListModelTest::storage_roundTrip_andBrokenFileIsTold()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rules.json"));
    const QList<proxy::Rule> rules = threeRules();
    QCOMPARE(saveRules(path, { rules, {} }), QString());
    const OpenedRules opened = openRules(path);
    QVERIFY2(opened.file, qPrintable(opened.problem));
    QCOMPARE(opened.file->rules.size(), 3);
    QVERIFY(opened.file->rules.at(2).action == rules.at(2).action);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\n  \"rules\": [}");
    file.close();
    QVERIFY(!openRules(path).file);
    QVERIFY(openRules(path).problem.contains(QStringLiteral("rules.json")));
    QVERIFY(!openRules(folder.filePath(QStringLiteral("none"))).file);
}

void RuleListModelTest::breakpoints_takeStates_turnOffWithoutAStep()
{
    BreakpointListModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy::Breakpoint breakpoint = newBreakpoint();
    breakpoint.onlyNext = true;
    model.setBreakpoints({ breakpoint });
    breakpoint.isEnabled = false;
    model.takeStates({ breakpoint });
    QVERIFY(!model.breakpoint(0).isEnabled);
    QVERIFY(!model.canUndo());
    QCOMPARE(model.index(0, BreakpointListModel::WhereColumn).data().toString(),
        QStringLiteral("request head · only the next"));
}

void RuleListModelTest::breakpoint_holdingNowhere_isNotUsed()
{
    BreakpointListModel model;
    proxy::Breakpoint breakpoint = newBreakpoint();
    breakpoint.at = {};
    model.setBreakpoints({ breakpoint, newBreakpoint() });
    QVERIFY(!problemOf(breakpoint).isEmpty());
    QVERIFY(!model.usableBreakpoints().at(0).isEnabled);
    QVERIFY(model.usableBreakpoints().at(1).isEnabled);
}

QTEST_GUILESS_MAIN(RuleListModelTest)

#include "tst_rulelistmodel.moc"
