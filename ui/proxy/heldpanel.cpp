#include "proxy/heldpanel.h"

#include "proxy/heldmodel.h"
#include "proxy/messagechanges.h"
#include "proxy/messageeditor.h"
#include "shell/emptystate.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "shell/theme.h"
#include "widgets/panelaction.h"
#include "widgets/rowtable.h"
#include "widgets/toolbutton.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using session::HoldId;

namespace {

constexpr int ListWidth = 400; // pixels; of host and path some is seen

enum Page
{
    QueuePage,
    EmptyPage
};

class HeldDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QPalette palette = option->palette;
        option->textElideMode = Qt::ElideMiddle;
        option->state.setFlag(QStyle::State_HasFocus, false);
        if (index.column() <= HeldModel::PathColumn)
            option->font = Theme::fixedFont();
        option->font.setBold(index.column() == HeldModel::MethodColumn);
        const bool isGone = index.data(HeldModel::IsGoneRole).toBool();
        QColor color = palette.color(QPalette::Text);
        if (isGone)
            color = index.column() == HeldModel::StageColumn
                ? Theme::toneColor(Theme::Tone::Failed, palette)
                : Theme::mutedColor(palette);
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
    }
};

} // namespace

HeldPanel::HeldPanel(HeldModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new RowTable(this))
    , m_title(new QLabel(this))
    , m_notice(new NoticeBar(this))
    , m_editor(new MessageEditor(tr("held message"), this))
    , m_answerEditor(new MessageEditor(tr("answer"), this))
    , m_editors(new QStackedWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setAccessibleName(tr("Held exchanges"));
    makeActions();
    makeList();

    auto *side = new QWidget(this);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(0);
    sideLayout->addWidget(m_notice);
    sideLayout->addWidget(m_editors, 1);
    m_editors->addWidget(m_editor);
    m_editors->addWidget(m_answerEditor);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(side);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({ 600, 600 });
    auto *empty = new EmptyState(this);
    empty->setText(tr("Nothing is held"),
        tr("What a breakpoint of the Proxy workspace takes waits here for you."));
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_pages, 1);

    connect(m_editor, &MessageEditor::changed, this, &HeldPanel::takeEdit);
    connect(m_answerEditor, &MessageEditor::changed, this, &HeldPanel::takeAnswer);
    connect(m_notice, &NoticeBar::buttonClicked, this, &HeldPanel::dismiss);
    connect(m_model, &HeldModel::countChanged, this, [this] {
        if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
            select(m_model->held(0).id);
        showState();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &HeldPanel::showCurrent);
    if (m_model->rowCount() > 0)
        select(m_model->held(0).id);
    showState();
}

void HeldPanel::makeActions()
{
    using Keys = QKeySequence;
    m_resume = makeAction(tr("Resume held exchange"), tr("Resume"), QStringLiteral("play"),
        Keys(Qt::CTRL | Qt::Key_Return), &HeldPanel::resume);
    m_resumeAll = makeAction(tr("Resume all held exchanges"), tr("Resume all"), {},
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), &HeldPanel::resumeAll);
    m_drop = makeAction(tr("Drop held exchange"), tr("Drop"), QStringLiteral("clear"),
        Keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete), &HeldPanel::drop);
    m_answer = makeAction(tr("Answer held exchange yourself…"), tr("Answer…"),
        QStringLiteral("edit"), Keys(Qt::CTRL | Qt::Key_E), &HeldPanel::answer);
    m_discard = makeAction(
        tr("Discard edits of held exchange"), tr("Discard edits"), {}, {}, &HeldPanel::discard);
    m_dismiss = makeAction(
        tr("Dismiss exchange that is gone"), tr("Dismiss"), {}, {}, &HeldPanel::dismiss);
    m_traffic = makeAction(tr("Show held exchange in Traffic"), tr("Show in Traffic"),
        QStringLiteral("traffic"), {}, &HeldPanel::showInTraffic);
    m_drop->setToolTip(tr("Closes the client's connection without an answer (%1)")
                           .arg(m_drop->shortcut().toString(QKeySequence::NativeText)));

    m_place = new QAction(
        icon(QStringLiteral("panel-right")), tr("Held exchanges at the right of the window"), this);
    m_place->setCheckable(true);
    m_place->setToolTip(m_place->text());
    m_close = new QAction(icon(QStringLiteral("cancel")), tr("Hide held exchanges"), this);
    m_close->setToolTip(tr("Hides the list; what is held goes on waiting"));
    addActions({ m_place, m_close });
}

QAction *HeldPanel::makeAction(const QString &text, const QString &shortText,
    const QString &iconName, const QKeySequence &key, void (HeldPanel::*slot)())
{
    QAction *action = addPanelAction(this, text, iconName, key, slot);
    action->setIconText(shortText);
    return action;
}

QWidget *HeldPanel::makeBar()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 2, 4, 2);
    layout->setSpacing(0);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    layout->addWidget(m_title);
    layout->addSpacing(8);
    const auto add = [bar, layout](QAction *action, Qt::ToolButtonStyle style) {
        layout->addWidget(makeToolButton(action, style, bar));
    };
    for (QAction *action : { m_resume, m_resumeAll, m_drop, m_answer, m_discard })
        add(action, Qt::ToolButtonTextBesideIcon);
    layout->addStretch(1);
    add(m_traffic, Qt::ToolButtonTextBesideIcon);
    add(m_place, Qt::ToolButtonIconOnly);
    add(m_close, Qt::ToolButtonIconOnly);
    return bar;
}

void HeldPanel::makeList()
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(new HeldDelegate(m_list));
    m_list->setAccessibleName(tr("Held exchanges"));
    m_list->setMinimumWidth(ListWidth);
    m_list->setLayoutDirection(Qt::LeftToRight);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QFontMetrics fixed(Theme::fixedFont());
    QHeaderView *header = m_list->horizontalHeader();
    header->setMinimumSectionSize(24);
    for (const int column : { HeldModel::HostColumn, HeldModel::PathColumn })
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    const std::pair<int, int> characters[] { { HeldModel::MethodColumn, 7 },
        { HeldModel::StageColumn, 13 }, { HeldModel::SinceColumn, 7 } };
    for (const auto &[column, count] : characters)
        header->resizeSection(column, fixed.horizontalAdvance(QLatin1Char('W')) * count + 12);
    connect(
        m_list, &QTableView::activated, this, [this] { m_editors->currentWidget()->setFocus(); });
}

HoldId HeldPanel::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_model->held(index.row()).id : 0;
}

void HeldPanel::select(HoldId id)
{
    if (const int row = m_model->rowOf(id); row >= 0)
        m_list->setCurrentIndex(m_model->index(row, HeldModel::MethodColumn));
}

void HeldPanel::focusList() { m_list->setFocus(Qt::OtherFocusReason); }

MessageEditor *HeldPanel::editor() const { return m_editor; }

MessageEditor *HeldPanel::answerEditor() const { return m_answerEditor; }

QAction *HeldPanel::placeAction() const { return m_place; }

QAction *HeldPanel::closeAction() const { return m_close; }

void HeldPanel::setStacked(bool isStacked)
{
    m_splitter->setOrientation(isStacked ? Qt::Vertical : Qt::Horizontal);
}

QByteArray HeldPanel::saveState() const { return m_splitter->saveState(); }

void HeldPanel::restoreState(const QByteArray &state) { m_splitter->restoreState(state); }

void HeldPanel::resume()
{
    if (m_resume->isEnabled())
        m_model->resume(current());
}

void HeldPanel::resumeAll() { m_model->resumeAll(); }

void HeldPanel::drop() { m_model->drop(current()); }

void HeldPanel::answer()
{
    const HoldId id = current();
    if (id == 0)
        return;
    if (m_model->answer(id)) {
        if (!m_answerEditor->hasProblem())
            m_model->sendAnswer(id);
        return;
    }
    m_model->setAnswer(id, exampleAnswer());
    m_shown = 0;
    showCurrent();
    m_answerEditor->setFocus(Qt::OtherFocusReason);
}

void HeldPanel::discard()
{
    const HoldId id = current();
    if (m_model->answer(id))
        m_model->setAnswer(id, {});
    else
        m_model->setMessage(id, m_model->original(id));
    m_shown = 0;
    showCurrent();
}

void HeldPanel::dismiss() { m_model->dismiss(current()); }

void HeldPanel::showInTraffic()
{
    if (const int row = m_model->rowOf(current()); row >= 0)
        Q_EMIT exchangeActivated(m_model->held(row).exchange);
}

void HeldPanel::takeEdit()
{
    if (m_shown != 0)
        m_model->setMessage(m_shown, m_editor->message());
    showState();
}

void HeldPanel::takeAnswer()
{
    if (m_shown != 0)
        m_model->setAnswer(m_shown, m_answerEditor->message());
    showState();
}

// The editors are filled only when another exchange is selected: what is typed in them stays.
void HeldPanel::showCurrent()
{
    const HoldId id = current();
    // Keys that were meant for one exchange must not reach another one's editor.
    const QWidget *focus = window()->focusWidget();
    if (m_shown != 0 && id != m_shown && focus && m_editors->isAncestorOf(focus))
        m_list->setFocus(Qt::OtherFocusReason);
    if (id != 0 && id != m_shown) {
        m_shown = 0;
        const session::HeldExchange &held = m_model->held(m_model->rowOf(id));
        m_editor->setMessage(m_model->message(id), m_model->original(id), held.hasBody());
        const auto answer = m_model->answer(id);
        if (answer)
            m_answerEditor->setMessage(*answer, exampleAnswer(), true);
    }
    m_shown = id;
    showState();
}

void HeldPanel::showState()
{
    const HoldId id = current();
    const int row = m_model->rowOf(id);
    const QString gone = row < 0 ? QString() : m_model->held(row).gone;
    const bool waits = row >= 0 && gone.isEmpty();
    const bool answers = row >= 0 && m_model->answer(id).has_value();
    const int waiting = m_model->waitingCount();

    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? EmptyPage : QueuePage);
    m_editors->setCurrentWidget(answers ? m_answerEditor : m_editor);
    m_editor->setReadOnly(!waits);
    m_answerEditor->setReadOnly(!waits);
    m_title->setText(tr("%1 held").arg(waiting));
    m_notice->setNotice(Theme::Tone::Failed,
        gone.isEmpty() ? QString() : tr("It is over: %1").arg(gone), tr("Dismiss"));

    // What would not arrive as it is written can be discarded, and then go on.
    const bool isBroken = m_model->isEdited(id) && m_editor->hasProblem();
    m_resume->setEnabled(waits && !answers && !isBroken);
    m_resumeAll->setEnabled(waiting > 0);
    m_drop->setEnabled(waits);
    m_answer->setEnabled(waits && (!answers || !m_answerEditor->hasProblem()));
    m_answer->setText(
        answers ? tr("Send answer to held exchange") : tr("Answer held exchange yourself…"));
    m_answer->setIconText(answers ? tr("Send answer") : tr("Answer…"));
    m_answer->setToolTip(QStringLiteral("%1 (%2)").arg(
        m_answer->text(), m_answer->shortcut().toString(QKeySequence::NativeText)));
    m_discard->setEnabled(waits && (answers || m_model->isEdited(id)));
    m_discard->setIconText(answers ? tr("No answer") : tr("Discard edits"));
    m_dismiss->setEnabled(!gone.isEmpty());
    m_traffic->setEnabled(row >= 0);
}

} // namespace headrace::ui
