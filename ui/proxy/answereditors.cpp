#include "fields/fieldtable.h"
#include "mock/routefields.h"
#include "mock/scripteditor.h"
#include "proxy/actioneditor.h"
#include "proxy/messagefields.h"
#include "widgets/bodyfield.h"

#include <wire/httpnames.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

class AnswerEditor : public ActionEditor
{
public:
    explicit AnswerEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_status(new QSpinBox(this))
        , m_reason(new QLineEdit(this))
        , m_fields(new FieldTable(this))
        , m_body(new BodyField(this))
    {
        m_status->setRange(200, 999);
        m_status->setMinimumHeight(28);
        m_status->setAccessibleName(tr("Status code"));
        m_reason->setMinimumHeight(28);
        m_reason->setTextMargins(4, 0, 4, 0);
        m_reason->setToolTip(tr("Reason phrase; empty sends the standard one"));
        m_reason->setAccessibleName(tr("Reason phrase"));
        m_fields->setLabel(tr("Headers of the answer"));
        m_fields->setHint(tr("Sent in the order and case shown, duplicates too"));
        m_fields->setUse(FieldUse::Response);
        m_fields->setSwitchable(false);
        m_body->setLabel(tr("Body of the answer"));

        auto *line = new QHBoxLayout;
        line->setContentsMargins(8, 4, 8, 4);
        line->setSpacing(4);
        line->addWidget(new QLabel(tr("Answer"), this));
        line->addWidget(m_status);
        line->addWidget(m_reason, 1);
        m_pages = new QTabWidget(this);
        m_pages->setDocumentMode(true);
        m_pages->setAccessibleName(tr("Parts of the answer"));
        m_pages->addTab(m_fields, tr("Headers"));
        m_pages->addTab(m_body, tr("Body"));
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addLayout(line);
        layout->addWidget(m_pages, 1);
        setFocusProxy(m_status);

        connect(m_status, &QSpinBox::valueChanged, this, &AnswerEditor::onChanged);
        connect(m_reason, &QLineEdit::textChanged, this, &AnswerEditor::onChanged);
        connect(m_fields, &FieldTable::changed, this, &AnswerEditor::onChanged);
        connect(m_body, &BodyField::changed, this, &AnswerEditor::onChanged);
    }

    proxy::Action action() const override
    {
        return proxy::Answer { m_status->value(), m_reason->text(),
            toRouteFields(m_fields->fields()), m_body->body() };
    }

    void setAction(const proxy::Action &action) override
    {
        const auto &answer = std::get<proxy::Answer>(action);
        if (this->action() == action)
            return;
        const QSignalBlocker blocker(this);
        m_status->setValue(answer.statusCode);
        m_reason->setText(answer.reason);
        m_fields->setFields(toDraftFields(answer.fields));
        m_body->setBody(answer.body, contentTypeOf(answer.fields));
        onChanged();
    }

private:
    void onChanged()
    {
        m_reason->setPlaceholderText(
            QString::fromLatin1(wire::reasonPhrase(m_status->value()).toByteArray()));
        const QList<session::DraftField> fields = m_fields->fields();
        m_fields->setProblems(fieldProblemsOf(fields));
        m_body->setContentType(contentTypeOf(toRouteFields(fields)));
        m_pages->setTabText(
            0, fields.isEmpty() ? tr("Headers") : tr("Headers (%1)").arg(fields.size()));
        m_pages->setTabText(1, m_body->body().isEmpty() ? tr("Body") : tr("Body ●"));
        Q_EMIT changed();
    }

    QSpinBox *m_status;
    QLineEdit *m_reason;
    QTabWidget *m_pages;
    FieldTable *m_fields;
    BodyField *m_body;
};

class ScriptActionEditor : public ActionEditor
{
public:
    explicit ScriptActionEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_script(new ScriptEditor(
              tr("the rule's script"), tr("A script of this rule, kept with it"), this))
    {
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_script);
        setFocusProxy(m_script);
        connect(m_script, &ScriptEditor::changed, this, &ActionEditor::changed);
    }

    // Edits of a file that are not saved yet stay with the rule; the file is what runs.
    proxy::Action action() const override
    {
        const mock::Script script = m_script->script();
        return proxy::RunScript { script.file, script.source.value_or(QString()) };
    }

    void setAction(const proxy::Action &action) override
    {
        const QSignalBlocker blocker(this);
        const auto &run = std::get<proxy::RunScript>(action);
        mock::Script script { run.file, {} };
        if (run.file.isEmpty() || !run.source.isEmpty())
            script.source = run.source;
        m_script->setScript(script);
    }

    void setFailures(const QList<session::ScriptMessage> &failures) override
    {
        m_script->setFailures(failures);
    }

    void goTo(int line, int column) override { m_script->goTo(line, column); }

private:
    ScriptEditor *m_script;
};

} // namespace

ActionEditor *makeAnswerEditor(QWidget *parent) { return new AnswerEditor(parent); }

ActionEditor *makeScriptActionEditor(QWidget *parent) { return new ScriptActionEditor(parent); }

} // namespace headrace::ui
