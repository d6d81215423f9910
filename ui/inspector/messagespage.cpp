#include "inspector/messagespage.h"

#include "inspector/bodyview.h"
#include "inspector/websocketloader.h"
#include "inspector/websocketmodel.h"
#include "shell/format.h"
#include "shell/noticebar.h"
#include "shell/theme.h"
#include "widgets/rowtable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using exchange::Direction;
using exchange::WebSocketMessage;

namespace {

/// Control frames and times in a muted colour, faults in that of failures.
class MessageDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        QPalette &palette = option->palette;
        if (index.data(WebSocketModel::FaultRole).toBool())
            palette.setColor(QPalette::Text, Theme::toneColor(Theme::Tone::Failed, palette));
        else if (index.column() == WebSocketModel::DirectionColumn)
            palette.setColor(QPalette::Text, Theme::accentColor(palette));
        else if (index.data(WebSocketModel::FaintRole).toBool()
            || index.column() == WebSocketModel::TimeColumn)
            palette.setColor(QPalette::Text, Theme::mutedColor(palette));
        palette.setColor(QPalette::HighlightedText, palette.color(QPalette::Text));
    }
};

} // namespace

MessagesPage::MessagesPage(QWidget *parent)
    : InspectorPage(parent)
    , m_loader(new WebSocketLoader(this))
    , m_model(new WebSocketModel(this))
    , m_legend(new QLabel)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_list(new RowTable)
    , m_notice(new NoticeBar)
    , m_facts(new QLabel)
    , m_payload(new BodyView)
    , m_details(new QWidget)
{
    makeList();
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_legend->setContentsMargins(8, 4, 8, 4);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_payload->setLeading(m_facts);
    m_payload->setEmptyText(tr("This message is empty."));
    auto *details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(0);
    details->addWidget(m_notice);
    details->addWidget(m_payload, 1);
    m_details->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_legend);
    layout->addWidget(m_splitter, 1);
    connect(m_loader, &WebSocketLoader::began, this, &MessagesPage::begin);
    connect(m_loader, &WebSocketLoader::loaded, this, &MessagesPage::take);
    connect(m_loader, &WebSocketLoader::payloadLoaded, this, &MessagesPage::showPayload);
}

void MessagesPage::makeList()
{
    m_list->setAccessibleName(tr("Messages"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new MessageDelegate(m_list));
    m_list->setFont(Theme::fixedFont());
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideRight);
    QHeaderView *header = m_list->horizontalHeader();
    header->setStretchLastSection(true);
    const int unit = m_list->fontMetrics().horizontalAdvance(u'0');
    m_list->setColumnWidth(WebSocketModel::DirectionColumn, 4 * unit);
    m_list->setColumnWidth(WebSocketModel::TimeColumn, 14 * unit);
    m_list->setColumnWidth(WebSocketModel::TypeColumn, 20 * unit);
    m_list->setColumnWidth(WebSocketModel::SizeColumn, 12 * unit);
    auto *copyAction = new QAction(tr("Copy"), m_list);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &MessagesPage::copy);
    m_list->addAction(copyAction);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &MessagesPage::showCurrent);
}

void MessagesPage::setStore(exchange::Store *store) { m_loader->setStore(store); }

void MessagesPage::showExchange(const ExchangePointer &exchange)
{
    m_exchange = exchange;
    m_loader->follow(exchange);
}

bool MessagesPage::isOffered(const exchange::Exchange &exchange) const
{
    return exchange::isWebSocket(exchange);
}

void MessagesPage::begin()
{
    m_model->clear();
    m_details->hide();
    updateLegend();
}

void MessagesPage::take(
    const QList<WebSocketMessage> &messages, const QList<WebSocketMessage> &incomplete)
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    const bool isAtEnd = m_model->rowCount() > 0 && bar->value() == bar->maximum();
    // What goes on is not over, only because it is not here yet.
    const bool isOver = m_exchange->summary.state != exchange::State::Active;
    m_model->add(messages);
    m_model->setIncomplete(isOver ? incomplete : QList<WebSocketMessage>());
    if (isAtEnd && !messages.isEmpty() && !isOver)
        m_list->scrollToBottom();
    updateLegend();
}

void MessagesPage::updateLegend()
{
    const qint64 control = m_model->controlFrames();
    const qint64 count = m_model->rowCount() + m_model->leftOut() - control;
    QStringList parts { count == 1 ? tr("1 message") : tr("%1 messages").arg(formatCount(count)) };
    if (control > 0)
        parts += control == 1 ? tr("1 control frame")
                              : tr("%1 control frames").arg(formatCount(control));
    if (exchange::webSocketDeflateOf(m_exchange->response))
        parts += QStringLiteral("permessage-deflate");
    if (m_model->leftOut() > 0)
        parts += tr("only the first %1 are listed").arg(formatCount(WebSocketModel::MostRows));
    if (m_exchange->request.isTruncated || m_exchange->response.isTruncated)
        parts += tr("not all of it was kept");
    m_legend->setText(parts.join(QStringLiteral(" · ")));
}

void MessagesPage::showCurrent()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_model->rowCount()) {
        m_details->hide();
        return;
    }
    const WebSocketMessage &message = m_model->message(row);
    if (message.isCut())
        m_loader->loadPayload(message);
    else
        showPayload(message);
}

void MessagesPage::showPayload(const WebSocketMessage &message)
{
    QStringList facts { message.direction == Direction::Request ? tr("from the client")
                                                                : tr("from the server") };
    if (message.frames > 1)
        facts += tr("%1 frames").arg(formatCount(message.frames));
    if (message.isCompressed)
        facts += tr("%1 B compressed").arg(formatCount(message.wireOctets));
    if (message.opcode == WebSocketMessage::Close)
        facts += tr("code %1").arg(message.closeCode());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_notice->setNotice(Theme::Tone::Failed, exchange::violationText(message.violations));
    const bool isClose = message.opcode == WebSocketMessage::Close;
    const QByteArray octets = isClose ? message.closeReason() : message.payload;
    BodySource source = bodySourceOf(octets, {});
    if (message.isCut())
        source.remark = tr("Only the first %1 octets are shown.").arg(formatCount(octets.size()));
    m_payload->setBody(source, false);
    const bool wasHidden = m_details->isHidden();
    m_details->show();
    if (wasHidden && m_list->currentIndex().isValid())
        m_list->scrollTo(m_list->currentIndex());
}

void MessagesPage::copy()
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows(WebSocketModel::DataColumn);
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &index : std::as_const(rows))
        lines += index.data().toString();
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

WebSocketModel *MessagesPage::model() const { return m_model; }

QTableView *MessagesPage::list() const { return m_list; }

BodyView *MessagesPage::payload() const { return m_payload; }

QString MessagesPage::legend() const { return m_legend->text(); }

QString MessagesPage::notice() const { return m_notice->text(); }

} // namespace headrace::ui
