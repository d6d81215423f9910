#include "fields/fieldtable.h"

#include "fields/fielddelegate.h"
#include "fields/fieldtext.h"
#include "fields/fieldview.h"
#include "shell/format.h"
#include "shell/theme.h"
#include "text/textview.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

FieldTable::FieldTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new FieldListModel(this))
    , m_delegate(new FieldDelegate(this))
    , m_view(new FieldView(m_model, m_delegate, this))
    , m_text(new TextView(this))
    , m_textProblem(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_pages(new QStackedWidget(this))
{
    makeActions();

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 2, 4, 2);
    bar->setSpacing(0);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_hint, 1);
    for (QAction *action : { m_add, m_up, m_down, m_asText }) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        if (action == m_asText)
            button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        bar->addWidget(button);
    }

    auto *textPage = new QWidget(this);
    auto *textLayout = new QVBoxLayout(textPage);
    textLayout->setContentsMargins(0, 0, 0, 0);
    textLayout->setSpacing(0);
    textLayout->addWidget(m_text, 1);
    textLayout->addWidget(m_textProblem);
    m_textProblem->setContentsMargins(8, 4, 8, 4);
    m_textProblem->hide();

    m_pages->addWidget(m_view);
    m_pages->addWidget(textPage);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_view);

    connect(m_model, &FieldListModel::changed, this, &FieldTable::changed);
    connect(m_text, &TextView::textChanged, this, &FieldTable::readText);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &FieldTable::updateActions);
    connect(m_model, &FieldListModel::changed, this, &FieldTable::updateActions);
    setLabel(tr("Fields"));
    updateActions();
}

void FieldTable::makeActions()
{
    m_add
        = addPanelAction(this, tr("Add a field"), QStringLiteral("add"), {}, &FieldTable::addField);
    m_up = addPanelAction(this, tr("Move field up"), QStringLiteral("arrow-up"),
        QKeySequence(Qt::ALT | Qt::Key_Up), &FieldTable::moveUp);
    m_down = addPanelAction(this, tr("Move field down"), QStringLiteral("arrow-down"),
        QKeySequence(Qt::ALT | Qt::Key_Down), &FieldTable::moveDown);
    m_remove = addPanelAction(this, tr("Remove field"), QStringLiteral("cancel"),
        QKeySequence(Qt::CTRL | Qt::Key_Delete), &FieldTable::removeCurrent);

    m_asText = new QAction(tr("Edit as text"), this);
    m_asText->setCheckable(true);
    m_asText->setToolTip(tr("One “Name: value” per line; “//” before a line turns it off"));
    connect(m_asText, &QAction::toggled, this, &FieldTable::setEditedAsText);
    addAction(m_asText);
}

QList<session::DraftField> FieldTable::fields() const { return m_model->fields(); }

void FieldTable::setFields(const QList<session::DraftField> &fields)
{
    m_model->setFields(fields);
    if (isEditedAsText()) {
        m_asText->setChecked(false);
        m_asText->setChecked(true);
    }
}

void FieldTable::appendField(const session::DraftField &field)
{
    if (isEditedAsText())
        m_text->replaceText(m_text->text() + toText({ field }));
    else
        m_model->insertFields(m_model->rowCount() - 1, { field });
}

void FieldTable::setProblems(const QList<FieldProblem> &problems)
{
    m_model->setProblems(problems);
    showTextProblems();
}

void FieldTable::setUse(FieldUse use) { m_delegate->setUse(use); }

void FieldTable::setSwitchable(bool switchable)
{
    m_isSwitchable = switchable;
    m_view->setColumnHidden(FieldListModel::EnabledColumn, !switchable);
    m_asText->setToolTip(tr("One “Name: value” per line"));
}

void FieldTable::setHint(const QString &hint) { m_hint->setText(hint); }

void FieldTable::setLabel(const QString &label)
{
    setAccessibleName(label);
    m_view->setAccessibleName(label);
    m_text->setLabel(tr("%1 as text").arg(label));
}

bool FieldTable::isEditedAsText() const { return m_pages->currentIndex() == 1; }

void FieldTable::setEditedAsText(bool asText)
{
    if (asText == isEditedAsText())
        return;
    if (asText) {
        m_fieldsAtText = m_model->fields();
        m_firstText = toText(m_fieldsAtText);
        const QSignalBlocker blocker(m_text);
        m_text->setContent(m_firstText);
    }
    m_pages->setCurrentIndex(asText ? 1 : 0);
    m_asText->setChecked(asText);
    setFocusProxy(asText ? static_cast<QWidget *>(m_text) : m_view);
    setFocus();
    showTextProblems();
    updateActions();
}

FieldListModel *FieldTable::model() const { return m_model; }

void FieldTable::editField(qsizetype field)
{
    if (isEditedAsText()) {
        m_text->goTo(static_cast<int>(field < 0 ? m_model->fields().size() : field) + 1);
        m_text->setFocus();
        return;
    }
    m_view->setFocus();
    m_view->editName(m_model->rowOf(field));
}

QList<QAction *> FieldTable::fieldActions() const
{
    return { m_add, m_remove, m_up, m_down, m_asText };
}

void FieldTable::addField() { editField(); }

void FieldTable::moveUp() { m_view->moveCurrent(-1); }

void FieldTable::moveDown() { m_view->moveCurrent(1); }

void FieldTable::removeCurrent() { m_view->removeCurrent(); }

void FieldTable::updateActions()
{
    const int row = m_view->currentIndex().row();
    const bool isField = !isEditedAsText() && m_model->isField(row);
    m_up->setEnabled(isField && row > 0);
    m_down->setEnabled(isField && m_model->isField(row + 1));
    m_remove->setEnabled(isField);
    m_add->setEnabled(!isEditedAsText());
}

void FieldTable::readText()
{
    if (!isEditedAsText())
        return;
    // The text cannot tell octets that are not UTF-8; as long as it is unchanged the octets stay.
    const QString text = m_text->text();
    QList<session::DraftField> fields = text == m_firstText ? m_fieldsAtText : fieldsFromText(text);
    if (!m_isSwitchable) {
        for (session::DraftField &field : fields) {
            if (!std::exchange(field.isEnabled, true))
                field.name.prepend("// ");
        }
    }
    m_model->setFields(fields);
}

void FieldTable::showTextProblems()
{
    const QList<FieldProblem> problems = m_model->problems();
    const bool shows = isEditedAsText() && !problems.isEmpty();
    m_textProblem->setVisible(shows);
    if (!shows)
        return;
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, Theme::toneColor(Theme::Tone::Failed, palette));
    m_textProblem->setPalette(palette);
    const qsizetype field = problems.first().field;
    const QString name = field < fields().size() ? displayText(fields().at(field).name) : QString();
    m_textProblem->setText(QStringLiteral("⚠ %1: %2").arg(name, problems.first().message));
}

} // namespace headrace::ui
