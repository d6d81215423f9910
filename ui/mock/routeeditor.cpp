#include "mock/routeeditor.h"

#include "fields/fieldtable.h"
#include "mock/definitionfile.h"
#include "mock/interimeditor.h"
#include "mock/routefields.h"
#include "mock/routehead.h"
#include "mock/scripteditor.h"
#include "widgets/bodyfield.h"

#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

enum Kind
{
    AnswerKind,
    ScriptKind
};

enum Page
{
    HeadersPage,
    BodyPage,
    TrailersPage,
    InterimPage
};

QString counted(const QString &name, qsizetype count)
{
    return count == 0 ? name : QStringLiteral("%1 (%2)").arg(name).arg(count);
}

QByteArray contentTypeOf(const mock::Route &route)
{
    for (const auto &[name, value] : route.fields) {
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace

RouteEditor::RouteEditor(QWidget *parent)
    : QWidget(parent)
    , m_head(new RouteHead(this))
    , m_kinds(new QStackedWidget(this))
    , m_pages(new QTabWidget(this))
    , m_fields(new FieldTable(this))
    , m_body(new BodyField(this))
    , m_trailers(new FieldTable(this))
    , m_interim(new InterimEditor(this))
    , m_script(new ScriptEditor(
          tr("the route's script"), tr("A script of this route, kept with it"), this))
{
    m_fields->setLabel(tr("Headers of the answer"));
    m_fields->setHint(tr("Sent in the order and case shown, duplicates too"));
    m_fields->setUse(FieldUse::Response);
    m_fields->setSwitchable(false);
    m_body->setLabel(tr("Body of the answer"));
    m_trailers->setLabel(tr("Trailers of the answer"));
    m_trailers->setHint(tr("Sent after the body, which is sent in chunks then"));
    m_trailers->setUse(FieldUse::Trailers);
    m_trailers->setSwitchable(false);

    m_pages->setDocumentMode(true);
    m_pages->addTab(m_fields, tr("Headers"));
    m_pages->addTab(m_body, tr("Body"));
    m_pages->addTab(m_trailers, tr("Trailers"));
    m_pages->addTab(m_interim, tr("Interim"));
    m_pages->setAccessibleName(tr("Parts of the answer"));

    m_kinds->addWidget(m_pages);
    m_kinds->addWidget(m_script);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_kinds, 1);
    setFocusProxy(m_head);

    connect(m_head, &RouteHead::changed, this, &RouteEditor::onChanged);
    connect(m_fields, &FieldTable::changed, this, &RouteEditor::onChanged);
    connect(m_body, &BodyField::changed, this, &RouteEditor::onChanged);
    connect(m_trailers, &FieldTable::changed, this, &RouteEditor::onChanged);
    connect(m_interim, &InterimEditor::changed, this, &RouteEditor::onChanged);
    connect(m_script, &ScriptEditor::changed, this, &RouteEditor::onChanged);
}

mock::Route RouteEditor::route() const
{
    mock::Route route;
    route.isEnabled = m_isRouteEnabled;
    m_head->addTo(route);
    route.fields = toRouteFields(m_fields->fields());
    route.body = m_body->body();
    route.trailers = toRouteFields(m_trailers->fields());
    route.interim = m_interim->interim();
    route.script = m_script->script();
    return route;
}

void RouteEditor::setRoute(const mock::Route &route)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_isRouteEnabled = route.isEnabled;
    m_head->setRoute(route);
    m_fields->setFields(toDraftFields(route.fields));
    m_body->setBody(route.body, contentTypeOf(route));
    m_trailers->setFields(toDraftFields(route.trailers));
    m_interim->setInterim(route.interim);
    m_script->setScript(route.script);
    showState(route);
}

void RouteEditor::focusPath() { m_head->focusPath(); }

ScriptEditor *RouteEditor::scriptEditor() const { return m_script; }

void RouteEditor::onChanged()
{
    if (m_isSetting)
        return;
    mock::Route now = route();
    if (now.isScripted && now.script.isEmpty() && m_kinds->currentIndex() == AnswerKind) {
        // Something to begin with, which answers at once.
        const QScopedValueRollback setting(m_isSetting, true);
        now.script.source = scriptTemplate(QStringLiteral("route"));
        m_script->setScript(now.script);
    }
    m_body->setContentType(contentTypeOf(now));
    showState(now);
    Q_EMIT changed();
}

void RouteEditor::showState(const mock::Route &route)
{
    m_kinds->setCurrentIndex(route.isScripted ? ScriptKind : AnswerKind);
    m_pages->setTabText(HeadersPage, counted(tr("Headers"), route.fields.size()));
    m_pages->setTabText(BodyPage, route.body.isEmpty() ? tr("Body") : tr("Body ●"));
    m_pages->setTabText(TrailersPage, counted(tr("Trailers"), route.trailers.size()));
    m_pages->setTabText(InterimPage, counted(tr("Interim"), route.interim.size()));

    const QList<mock::Problem> problems = mock::problems(route);
    m_head->setProblems(problems);
    m_fields->setProblems(fieldProblems(problems, QStringLiteral("fields")));
    m_body->setProblem(messageAt(problems, QStringLiteral("body")));
    m_trailers->setProblems(fieldProblems(problems, QStringLiteral("trailers")));
    m_trailers->setHint(messageAt(problems, QStringLiteral("trailers")).isEmpty()
            ? tr("Sent after the body, which is sent in chunks then")
            : QStringLiteral("⚠ ") + messageAt(problems, QStringLiteral("trailers")));
    m_interim->setProblems(problems);
}

} // namespace headrace::ui
