#include "fields/formtable.h"

#include "shell/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int RowHeight = 28;

} // namespace

FormTable::FormTable(QAbstractItemModel *model, const QString &name, int rows,
    const QString &emptyText, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new QTableView(this))
    , m_empty(new QLabel(emptyText, this))
    , m_buttons(new QWidget(this))
    , m_buttonLayout(new QHBoxLayout(m_buttons))
{
    m_view->setModel(model);
    m_view->setFont(Theme::fixedFont());
    m_view->setAccessibleName(name);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setFixedHeight(RowHeight * (rows + 1));
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    m_empty->setMinimumHeight(RowHeight);
    m_buttonLayout->setContentsMargins(0, 0, 0, 0);
    m_buttonLayout->setSpacing(0);
    m_buttonLayout->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_empty);
    layout->addWidget(m_view);
    layout->addWidget(m_buttons);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setFocusProxy(m_view);

    for (const auto signal :
        { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(model, signal, this, &FormTable::showState);
    connect(model, &QAbstractItemModel::modelReset, this, &FormTable::showState);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &FormTable::showState);
    showState();
}

QTableView *FormTable::view() const { return m_view; }

int FormTable::currentRow() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? current.row() : -1;
}

QToolButton *FormTable::addButton(const QString &text, bool needsRow, std::function<void()> work)
{
    auto *button = new QToolButton(m_buttons);
    button->setText(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [work = std::move(work)] { work(); });
    m_buttonLayout->insertWidget(m_buttonLayout->count() - 1, button);
    if (needsRow)
        m_ofRow += button;
    showState();
    return button;
}

void FormTable::showState()
{
    const bool isTold = m_model->rowCount() == 0 && !m_empty->text().isEmpty();
    m_empty->setVisible(isTold);
    m_view->setVisible(!isTold);
    m_buttons->setVisible(!isTold);
    for (QToolButton *button : std::as_const(m_ofRow))
        button->setEnabled(currentRow() >= 0);
}

} // namespace headrace::ui
