#include "shell/commandpalette.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Width = 560;
constexpr int RowHeight = 28;
constexpr int MostRows = 11;
constexpr int PlaceRole = Qt::UserRole;
constexpr int KeysRole = Qt::UserRole + 1;

/// Place and text at the left, the keys at the right.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        QStyleOptionViewItem item(option);
        initStyleOption(&item, index);
        const QString text = item.text;
        item.text.clear();
        item.state &= ~QStyle::State_HasFocus;
        item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool isEnabled = option.state & QStyle::State_Enabled;
        const QColor normal = option.palette.color(
            isEnabled ? QPalette::Active : QPalette::Disabled, QPalette::Text);
        const QColor muted = isEnabled ? Theme::mutedColor(option.palette) : normal;
        QRect rect = option.rect.adjusted(12, 0, -12, 0);
        const QString keys = index.data(KeysRole).toString();
        painter->setFont(option.font);
        painter->setPen(muted);
        painter->drawText(rect, int(Qt::AlignVCenter) | Qt::AlignRight, keys);
        rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(keys) - 12);
        const QString place = index.data(PlaceRole).toString();
        if (!place.isEmpty()) {
            const QString prefix = place + QStringLiteral("  ›  ");
            painter->drawText(rect, int(Qt::AlignVCenter) | Qt::AlignLeft, prefix);
            rect.setLeft(rect.left() + option.fontMetrics.horizontalAdvance(prefix));
        }
        painter->setPen(normal);
        painter->drawText(rect, int(Qt::AlignVCenter) | Qt::AlignLeft,
            option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return { Width, RowHeight };
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window)
    , m_query(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    hide();
    setAccessibleName(tr("Command palette"));
    m_query->setPlaceholderText(tr("What do you want to do?"));
    m_query->setAccessibleName(tr("Command"));
    m_query->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_query->installEventFilter(this);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Commands"));
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    window->installEventFilter(this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_query);
    layout->addWidget(m_list, 1);
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_commands = commands;
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_query->clear();
    showMatches();
    place();
    show();
    raise();
    m_query->setFocus(Qt::PopupFocusReason);
}

int CommandPalette::count() const { return int(m_matches.size()); }

QString CommandPalette::textAt(int row) const { return m_matches.value(row).text(); }

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_query)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason && isVisible()) {
        m_focusBefore = nullptr; // The user went elsewhere.
        close();
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const int last = m_list->count() - 1;
    const int row = m_list->currentRow();
    switch (key) {
    case Qt::Key_Down:
        m_list->setCurrentRow(row >= last ? 0 : row + 1);
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(row <= 0 ? last : row - 1);
        return true;
    case Qt::Key_PageDown:
        m_list->setCurrentRow(std::min(last, row + MostRows));
        return true;
    case Qt::Key_PageUp:
        m_list->setCurrentRow(std::max(0, row - MostRows));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(palette().color(QPalette::Dark));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CommandPalette::place()
{
    const QRect room = parentWidget()->rect();
    const int rows = std::clamp(m_list->count(), 1, MostRows);
    const int width = std::min(Width, room.width() - 32);
    const int height = m_query->sizeHint().height() + 24 + rows * RowHeight;
    setGeometry((room.width() - width) / 2, std::max(16, room.height() / 8), width,
        std::min(height, room.height() - 32));
}

void CommandPalette::showMatches()
{
    m_matches = matching(m_commands, m_query->text());
    m_list->clear();
    for (const Command &command : std::as_const(m_matches)) {
        auto *item = new QListWidgetItem(command.text(), m_list);
        item->setData(PlaceRole, command.place);
        item->setData(KeysRole, command.keys());
        item->setToolTip(command.action->toolTip());
        if (!command.action->isEnabled())
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(row);
            break;
        }
    }
    if (isVisible())
        place();
}

void CommandPalette::choose()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_matches.size())
        return;
    const Command command = m_matches.at(row);
    if (!command.action || !command.action->isEnabled())
        return;
    close();
    Q_EMIT chosen(command);
}

void CommandPalette::close()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    m_focusBefore = nullptr;
}

} // namespace headrace::ui
