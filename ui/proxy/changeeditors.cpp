#include "fields/fieldnames.h"
#include "proxy/actioneditor.h"
#include "shell/format.h"
#include "shell/segments.h"
#include "shell/theme.h"

#include <QCheckBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace headrace::ui {

namespace {

using proxy::ChangeField;

QLineEdit *makeEdit(QWidget *parent, const QString &name)
{
    auto *edit = new QLineEdit(parent);
    edit->setFont(Theme::fixedFont());
    edit->setLayoutDirection(Qt::LeftToRight);
    edit->setMinimumHeight(28);
    edit->setTextMargins(4, 0, 4, 0);
    edit->setAccessibleName(name);
    return edit;
}

void showText(QLineEdit *edit, const QString &text)
{
    if (edit->text() != text)
        edit->setText(text);
}

class ChangeFieldEditor : public ActionEditor
{
public:
    explicit ChangeFieldEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_target(makeTargetChoice(this))
        , m_operation(new Segments({ tr("Set"), tr("Add"), tr("Remove") }, this))
        , m_name(makeEdit(this, tr("Name of the header")))
        , m_value(makeEdit(this, tr("Value of the header")))
    {
        m_operation->setAccessibleName(tr("What is done"));
        m_operation->setSegmentToolTip(
            0, tr("The first line of that name gets the value; others of that name go"));
        m_operation->setSegmentToolTip(1, tr("One more line comes at the end"));
        m_operation->setSegmentToolTip(2, tr("All lines of that name go"));
        m_name->setPlaceholderText(QStringLiteral("X-Trace"));
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Message"), m_target);
        form->addRow(tr("Change"), m_operation);
        form->addRow(tr("Name"), m_name);
        form->addRow(tr("Value"), m_value);
        setFocusProxy(m_name);
        connect(m_target, &Segments::currentChanged, this, &ChangeFieldEditor::onChanged);
        connect(m_operation, &Segments::currentChanged, this, &ChangeFieldEditor::onChanged);
        connect(m_name, &QLineEdit::textChanged, this, &ChangeFieldEditor::onChanged);
        connect(m_value, &QLineEdit::textChanged, this, &ChangeFieldEditor::onChanged);
        offerNames();
    }

    proxy::Action action() const override
    {
        return ChangeField { targetOf(*m_target), ChangeField::Operation(m_operation->current()),
            m_name->text().toUtf8(), m_value->text().toUtf8() };
    }

    void setAction(const proxy::Action &action) override
    {
        const auto &change = std::get<ChangeField>(action);
        const QSignalBlocker blocker(this);
        setTarget(*m_target, change.target);
        m_operation->setCurrent(int(change.operation));
        showText(m_name, displayText(change.name));
        showText(m_value, displayText(change.value));
        onChanged();
    }

private:
    void offerNames()
    {
        const FieldUse use = targetOf(*m_target) == proxy::Target::Request ? FieldUse::Request
                                                                           : FieldUse::Response;
        if (m_name->completer() && m_use == use)
            return;
        m_use = use;
        auto *completer = new QCompleter(fieldNames(use), this);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        if (QCompleter *old = m_name->completer())
            old->deleteLater();
        m_name->setCompleter(completer);
    }

    void onChanged()
    {
        offerNames();
        m_value->setEnabled(m_operation->current() != int(ChangeField::Operation::Remove));
        Q_EMIT changed();
    }

    Segments *m_target;
    Segments *m_operation;
    QLineEdit *m_name;
    QLineEdit *m_value;
    FieldUse m_use = FieldUse::Request;
};

class ReplaceEditor : public ActionEditor
{
public:
    explicit ReplaceEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_target(makeTargetChoice(this))
        , m_pattern(makeEdit(this, tr("Text to replace")))
        , m_replacement(makeEdit(this, tr("Replacement")))
        , m_isExpression(new QCheckBox(tr("Regular expression"), this))
        , m_isCaseSensitive(new QCheckBox(tr("Match case"), this))
    {
        m_isExpression->setToolTip(tr("In the replacement, \\1 to \\9 are its groups"));
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Body of the"), m_target);
        form->addRow(tr("Replace"), m_pattern);
        form->addRow(tr("By"), m_replacement);
        form->addRow(QString(), m_isExpression);
        form->addRow(QString(), m_isCaseSensitive);
        setFocusProxy(m_pattern);
        connect(m_target, &Segments::currentChanged, this, &ActionEditor::changed);
        for (QLineEdit *edit : { m_pattern, m_replacement })
            connect(edit, &QLineEdit::textChanged, this, &ActionEditor::changed);
        for (QCheckBox *box : { m_isExpression, m_isCaseSensitive })
            connect(box, &QCheckBox::toggled, this, &ActionEditor::changed);
    }

    proxy::Action action() const override
    {
        return proxy::ReplaceInBody { targetOf(*m_target), m_pattern->text(), m_replacement->text(),
            m_isExpression->isChecked(), m_isCaseSensitive->isChecked() };
    }

    void setAction(const proxy::Action &action) override
    {
        const auto &replace = std::get<proxy::ReplaceInBody>(action);
        const QSignalBlocker blocker(this);
        setTarget(*m_target, replace.target);
        showText(m_pattern, replace.pattern);
        showText(m_replacement, replace.replacement);
        m_isExpression->setChecked(replace.isExpression);
        m_isCaseSensitive->setChecked(replace.isCaseSensitive);
    }

private:
    Segments *m_target;
    QLineEdit *m_pattern;
    QLineEdit *m_replacement;
    QCheckBox *m_isExpression;
    QCheckBox *m_isCaseSensitive;
};

} // namespace

ActionEditor *makeChangeFieldEditor(QWidget *parent) { return new ChangeFieldEditor(parent); }

ActionEditor *makeReplaceEditor(QWidget *parent) { return new ReplaceEditor(parent); }

} // namespace headrace::ui
