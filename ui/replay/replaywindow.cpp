#include "replay/replaywindow.h"

#include "compare/comparewindow.h"
#include "replay/replaymodel.h"
#include "replay/replayoptionsform.h"
#include "replay/replayprogress.h"
#include "shell/icons.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::ExchangeId;
using session::Replay;
using Verdict = ReplayModel::Verdict;

namespace {

/// What is not the same stands out.
class ReplayDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode
            = index.column() == ReplayModel::RequestColumn ? Qt::ElideMiddle : Qt::ElideRight;
        QPalette &palette = option->palette;
        const auto verdict = Verdict(index.data(ReplayModel::VerdictRole).toInt());
        const bool isResult = index.column() == ReplayModel::ResultColumn;
        if (verdict == Verdict::Pending || verdict == Verdict::NotSent
            || index.column() == ReplayModel::NumberColumn)
            palette.setColor(QPalette::Text, Theme::mutedColor(palette));
        else if (isResult)
            palette.setColor(QPalette::Text,
                Theme::toneColor(verdict == Verdict::Same ? Theme::Tone::Success
                        : verdict == Verdict::Failed      ? Theme::Tone::Failed
                                                          : Theme::Tone::ClientError,
                    palette));
        palette.setColor(QPalette::HighlightedText, palette.color(QPalette::Text));
    }
};

} // namespace

ReplayWindow::ReplayWindow(exchange::Store *store, Replay *replay, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_store(store)
    , m_replay(replay)
    , m_model(new ReplayModel(store, replay, this))
    , m_form(new ReplayOptionsForm)
    , m_progress(new ReplayProgress(m_model))
    , m_table(new RowTable)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Replay"));
    setProperty("workspace", tr("Replay"));
    resize(960, 560);
    makeTable();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_form);
    layout->addWidget(m_progress);
    layout->addWidget(m_table, 1);

    connect(m_form, &ReplayOptionsForm::startRequested, this, &ReplayWindow::start);
    connect(m_progress, &ReplayProgress::cancelRequested, replay, &Replay::cancel);
    connect(replay, &Replay::started, this, &ReplayWindow::updateState);
    connect(replay, &Replay::finished, this, &ReplayWindow::updateState);
    connect(store, &exchange::Store::reset, this, [this] { setIds({}); });

    auto *close = new QAction(tr("Close"), this);
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
    updateState();
}

void ReplayWindow::makeTable()
{
    m_table->setAccessibleName(tr("Requests and their answers"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ReplayDelegate(m_table));
    m_table->setFont(Theme::fixedFont());
    QHeaderView *header = m_table->horizontalHeader();
    const QFontMetrics metrics(m_table->font());
    const std::pair<int, const char *> samples[] { { ReplayModel::NumberColumn, "0,000,000" },
        { ReplayModel::StatusColumn, "200 > ECONNRESET" },
        { ReplayModel::BodyColumn, "= 4.1 kB > 312 B" },
        { ReplayModel::DurationColumn, "000 ms > 000 ms" },
        { ReplayModel::ResultColumn, "~ same status, bodies not compared" } };
    for (const auto &[column, sample] : samples)
        header->resizeSection(column, metrics.horizontalAdvance(QLatin1String(sample)) + 16);
    header->setSectionResizeMode(ReplayModel::RequestColumn, QHeaderView::Stretch);

    auto *compare = new QAction(
        icon(QStringLiteral("panel-right")), tr("Compare the old answer with the new one"), this);
    connect(compare, &QAction::triggered, this, &ReplayWindow::openCurrent);
    auto *show = new QAction(tr("Show the new exchange in the list"), this);
    connect(show, &QAction::triggered, this, &ReplayWindow::showInList);
    m_table->addActions({ compare, show });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_table, &QAbstractItemView::activated, this, &ReplayWindow::openCurrent);
    const auto updateActions = [this, compare, show] {
        const int row = m_table->currentIndex().row();
        const bool isThere = row >= 0 && row < m_model->rowCount() && m_model->replayedAt(row) != 0;
        compare->setEnabled(isThere);
        show->setEnabled(isThere);
    };
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, updateActions);
    connect(m_model, &QAbstractItemModel::dataChanged, this, updateActions);
    connect(m_model, &QAbstractItemModel::modelReset, this, updateActions);
    updateActions();
}

void ReplayWindow::setIds(const QList<ExchangeId> &ids)
{
    if (m_replay->isRunning())
        return;
    m_ids = ids;
    m_model->setIds(ids);
    updateState();
}

void ReplayWindow::start() { m_replay->start(m_ids, m_form->options()); }

void ReplayWindow::updateState()
{
    const bool isRunning = m_replay->isRunning();
    m_progress->setRunning(isRunning);
    m_form->setStartable(!isRunning && !m_ids.isEmpty());
}

void ReplayWindow::openCurrent()
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || m_model->replayedAt(row) == 0)
        return;
    auto *window
        = new CompareWindow(m_store, m_model->recordedAt(row), m_model->replayedAt(row), this);
    window->show();
}

void ReplayWindow::showInList()
{
    const int row = m_table->currentIndex().row();
    if (row >= 0 && m_model->replayedAt(row) != 0)
        Q_EMIT exchangeActivated(m_model->replayedAt(row));
}

void ReplayWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

ReplayOptionsForm *ReplayWindow::form() const { return m_form; }

ReplayProgress *ReplayWindow::progress() const { return m_progress; }

ReplayModel *ReplayWindow::model() const { return m_model; }

QTableView *ReplayWindow::table() const { return m_table; }

} // namespace headrace::ui
