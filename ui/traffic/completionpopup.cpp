#include "traffic/completionpopup.h"

#include "shell/theme.h"

#include <QEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int RowHeight = 22;
constexpr int Margin = 8;
constexpr int Gap = 16;
constexpr int MostRows = 10;
constexpr int WidestText = 240;
constexpr int Widest = 560;
constexpr int HintRole = Qt::UserRole;

// The text, and behind the widest of the texts what it means.
class CompletionDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTextWidth(int width) { m_textWidth = width; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        const bool isCurrent = option.state & QStyle::State_Selected;
        painter->fillRect(
            option.rect, option.palette.color(isCurrent ? QPalette::Highlight : QPalette::Base));
        const QRect text(option.rect.left() + Margin, option.rect.top(), m_textWidth, RowHeight);
        painter->setFont(option.font);
        painter->setPen(
            option.palette.color(isCurrent ? QPalette::HighlightedText : QPalette::Text));
        painter->drawText(text, Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
        QRect hint = option.rect;
        hint.setLeft(text.right() + Gap);
        hint.setRight(hint.right() - Margin);
        painter->setPen(Theme::mutedColor(option.palette));
        painter->drawText(hint, Qt::AlignVCenter,
            option.fontMetrics.elidedText(
                index.data(HintRole).toString(), Qt::ElideRight, hint.width()));
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return { 100, RowHeight };
    }

private:
    int m_textWidth = 100;
};

} // namespace

CompletionPopup::CompletionPopup(QWidget *parent)
    : QWidget(parent, Qt::ToolTip | Qt::FramelessWindowHint)
    , m_view(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Completions"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CompletionDelegate(m_view));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAccessibleName(accessibleName());
    connect(m_view, &QListView::clicked, this, &CompletionPopup::chosen);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(m_view);
}

void CompletionPopup::offer(
    const QList<exchange::FilterCompletion> &completions, const QPoint &corner)
{
    m_completions = completions;
    m_model->clear();
    for (const exchange::FilterCompletion &completion : completions) {
        auto *item = new QStandardItem(completion.text);
        item->setData(completion.hint, HintRole);
        item->setAccessibleDescription(completion.hint);
        m_model->appendRow(item);
    }
    if (completions.isEmpty()) {
        hide();
        return;
    }
    fit();
    const QScreen *screen = parentWidget() ? parentWidget()->screen() : this->screen();
    const QRect room = screen->availableGeometry();
    move(QPoint(qMax(room.left(), qMin(corner.x(), room.right() - width())), corner.y()));
    m_view->scrollToTop();
    show();
}

void CompletionPopup::fit()
{
    int textWidth = 0;
    int hintWidth = 0;
    for (const exchange::FilterCompletion &completion : std::as_const(m_completions)) {
        textWidth = qMax(textWidth, fontMetrics().horizontalAdvance(completion.text));
        hintWidth = qMax(hintWidth, fontMetrics().horizontalAdvance(completion.hint));
    }
    textWidth = qMin(textWidth + 2, WidestText);
    static_cast<CompletionDelegate *>(m_view->itemDelegate())->setTextWidth(textWidth);
    const qsizetype rows = qMin<qsizetype>(m_completions.size(), MostRows);
    const int bar
        = m_completions.size() > MostRows ? m_view->verticalScrollBar()->sizeHint().width() : 0;
    const int hint = hintWidth > 0 ? Gap + hintWidth : 0;
    resize(qMin(2 * Margin + textWidth + hint + bar + 4, Widest),
        int(rows) * RowHeight + 2); // 2: the frame
}

QList<exchange::FilterCompletion> CompletionPopup::completions() const { return m_completions; }

bool CompletionPopup::hasCurrent() const { return isVisible() && m_view->currentIndex().isValid(); }

exchange::FilterCompletion CompletionPopup::currentOrFirst() const
{
    return m_completions.value(qMax(0, m_view->currentIndex().row()));
}

void CompletionPopup::move(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const QModelIndex current = m_view->currentIndex();
    int row = rows > 0 ? 0 : count - 1;
    if (current.isValid()) {
        const bool isOne = rows == 1 || rows == -1;
        row = current.row() + rows;
        row = isOne ? (row + count) % count : qBound(0, row, count - 1);
    }
    m_view->setCurrentIndex(m_model->index(row, 0));
}

void CompletionPopup::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_view->setPalette(palette());
        fit();
    }
    QWidget::changeEvent(event);
}

void CompletionPopup::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(QPalette::Dark)); // the frame around the list
}

} // namespace headrace::ui
