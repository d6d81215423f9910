#include "mock/interimeditor.h"

#include "fields/fieldtable.h"
#include "fields/problemlabel.h"
#include "mock/routefields.h"
#include "shell/emptystate.h"
#include "shell/icons.h"

#include <wire/httpnames.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int ListWidth = 160;
constexpr int RowHeight = 22;
constexpr int EarlyHints = 103;

QString titleOf(int status)
{
    const QByteArrayView phrase = wire::reasonPhrase(status);
    return QStringLiteral("%1 %2").arg(status).arg(QString::fromLatin1(phrase.toByteArray()));
}

} // namespace

InterimEditor::InterimEditor(QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_status(new QSpinBox(this))
    , m_fields(new FieldTable(this))
    , m_problem(new ProblemLabel(this))
    , m_pages(new QStackedWidget(this))
{
    auto *empty = new EmptyState(this);
    empty->setText(tr("Responses sent before the answer"),
        tr("103 Early Hints lets a browser fetch what the page will need."));
    empty->setButton(tr("Add a 103"));
    connect(empty, &EmptyState::buttonClicked, this, &InterimEditor::addInterim);
    m_pages->addWidget(empty);
    m_pages->addWidget(makeEditorPage());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

    connect(m_list, &QListWidget::currentRowChanged, this, &InterimEditor::showCurrent);
    connect(m_status, &QSpinBox::valueChanged, this, &InterimEditor::readCurrent);
    connect(m_fields, &FieldTable::changed, this, &InterimEditor::readCurrent);
}

QWidget *InterimEditor::makeEditorPage()
{
    auto *page = new QWidget(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Interim responses"));
    m_status->setRange(100, 199);
    m_status->setAccessibleName(tr("Status of the interim response"));
    m_fields->setLabel(tr("Headers of the interim response"));
    m_fields->setUse(FieldUse::Response);
    m_fields->setSwitchable(false);

    const auto button
        = [this](const QString &iconName, const QString &hint, void (InterimEditor::*slot)()) {
              auto *made = new QToolButton(this);
              made->setIcon(icon(iconName));
              made->setToolTip(hint);
              made->setAccessibleName(hint);
              made->setAutoRaise(true);
              connect(made, &QToolButton::clicked, this, slot);
              return made;
          };
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->setSpacing(0);
    bar->addWidget(
        button(QStringLiteral("add"), tr("Add an interim response"), &InterimEditor::addInterim));
    bar->addWidget(button(QStringLiteral("cancel"), tr("Remove this interim response"),
        &InterimEditor::removeInterim));
    bar->addStretch(1);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addLayout(bar);
    left->addWidget(m_list, 1);
    m_list->setFixedWidth(ListWidth);

    auto *statusLine = new QHBoxLayout;
    statusLine->setContentsMargins(8, 4, 8, 0);
    statusLine->setSpacing(4);
    statusLine->addWidget(new QLabel(tr("Status"), page));
    statusLine->addWidget(m_status);
    statusLine->addWidget(m_problem, 1);
    statusLine->addStretch();
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addLayout(statusLine);
    right->addWidget(m_fields, 1);

    auto *layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(left);
    layout->addLayout(right, 1);
    return page;
}

const InterimEditor::Interim &InterimEditor::interim() const { return m_interim; }

void InterimEditor::setInterim(const Interim &interim)
{
    m_interim = interim;
    m_problems.clear();
    showList(0);
}

void InterimEditor::setProblems(const QList<mock::Problem> &problems)
{
    m_problems = problems;
    const int row = m_list->currentRow();
    const QString place = QStringLiteral("interim[%1]").arg(row);
    m_problem->setProblem(messageAt(problems, place + QStringLiteral(".status")));
    m_fields->setProblems(fieldProblems(problems, place + QStringLiteral(".fields")));
}

void InterimEditor::addInterim()
{
    m_interim.append({ EarlyHints, { { "Link", "</style.css>; rel=preload; as=style" } } });
    showList(static_cast<int>(m_interim.size()) - 1);
    Q_EMIT changed();
}

void InterimEditor::removeInterim()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_interim.removeAt(row);
    showList(std::min(row, static_cast<int>(m_interim.size()) - 1));
    Q_EMIT changed();
}

void InterimEditor::showList(int current)
{
    {
        const QScopedValueRollback showing(m_isShowing, true);
        m_list->clear();
        for (const auto &entry : std::as_const(m_interim))
            (new QListWidgetItem(titleOf(entry.first), m_list))->setSizeHint(QSize(0, RowHeight));
        m_list->setCurrentRow(current);
    }
    m_pages->setCurrentIndex(m_interim.isEmpty() ? 0 : 1);
    showCurrent();
}

void InterimEditor::showCurrent()
{
    const int row = m_list->currentRow();
    if (m_isShowing || row < 0)
        return;
    {
        const QScopedValueRollback showing(m_isShowing, true);
        m_status->setValue(m_interim.at(row).first);
        m_fields->setFields(toDraftFields(m_interim.at(row).second));
    }
    setProblems(m_problems);
}

void InterimEditor::readCurrent()
{
    const int row = m_list->currentRow();
    if (m_isShowing || row < 0)
        return;
    m_interim[row] = { m_status->value(), toRouteFields(m_fields->fields()) };
    m_list->item(row)->setText(titleOf(m_status->value()));
    Q_EMIT changed();
}

} // namespace headrace::ui
