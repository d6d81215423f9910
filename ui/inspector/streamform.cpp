#include "inspector/streamform.h"

#include "shell/format.h"
#include "shell/theme.h"
#include "text/textview.h"
#include "widgets/rowtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>

#include <algorithm>

namespace headrace::ui {

using exchange::EventStreamReader;
using exchange::StreamEvent;

namespace {

constexpr qint64 PieceOctets = 256 * 1024;

/// Comments and what is not complete in a muted colour.
class StreamDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(StreamEventModel::FaintRole).toBool()
            || index.column() == StreamEventModel::TimeColumn)
            option->palette.setColor(QPalette::Text, Theme::mutedColor(option->palette));
    }
};

StreamRow rowOf(const BodySource &source, StreamEvent event)
{
    const qint64 time = exchange::arrivalOf(source.arrivals, event.span.end - 1);
    event.data.truncate(StreamEventModel::ShownData);
    event.comment.truncate(StreamEventModel::ShownData);
    return { event, time };
}

} // namespace

StreamForm::StreamForm(QWidget *parent)
    : BodyForm(parent)
    , m_splitter(new QSplitter(Qt::Vertical, parent))
    , m_list(new RowTable(m_splitter))
    , m_model(new StreamEventModel(this))
    , m_data(new TextView(m_splitter))
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(new StreamDelegate(m_list));
    m_list->setFont(Theme::fixedFont());
    m_list->setAccessibleName(tr("Events of the stream"));
    m_list->horizontalHeader()->setStretchLastSection(true);
    const int unit = m_list->fontMetrics().horizontalAdvance(u'0');
    m_list->setColumnWidth(StreamEventModel::TimeColumn, 14 * unit);
    m_list->setColumnWidth(StreamEventModel::TypeColumn, 18 * unit);
    m_list->setColumnWidth(StreamEventModel::IdColumn, 16 * unit);
    m_list->setColumnWidth(StreamEventModel::RetryColumn, 12 * unit);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &StreamForm::showCurrent);
    m_data->setReadOnly(true);
    m_data->setLabel(tr("Data of the event"));
    m_data->hide();
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setFocusProxy(m_list);
}

StreamForm::~StreamForm() { *m_isCanceled = true; }

QString StreamForm::title() const { return tr("Stream"); }

QWidget *StreamForm::widget() const { return m_splitter; }

bool StreamForm::isOffered(const BodySource &source, exchange::BodyKind) const
{
    return !source.isPacked() && mediaTypeOf(source) == "text/event-stream";
}

void StreamForm::show(const BodySource &source, bool isGrown)
{
    cancel();
    const bool goesOn = isGrown && m_reader.octets() <= source.size();
    m_background.run([source, reader = goesOn ? m_reader : EventStreamReader(),
                         flag = m_isCanceled] { return read(source, reader, flag); },
        [this, source, goesOn, flag = m_isCanceled](const Result &result) {
            if (!*flag)
                take(source, result, goesOn);
        });
}

void StreamForm::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
}

StreamForm::Result StreamForm::read(
    const BodySource &source, EventStreamReader reader, const Flag &isCanceled)
{
    Result result;
    while (reader.octets() < source.size() && !*isCanceled) {
        const QByteArray piece = source.octets->read(reader.octets(), PieceOctets);
        if (piece.isEmpty())
            break; // it cannot be read any more
        const QList<StreamEvent> events = reader.feed(piece);
        for (const StreamEvent &event : events)
            result.rows.append(rowOf(source, event));
    }
    if (const auto rest = reader.incomplete())
        result.incomplete = rowOf(source, *rest);
    result.reader = reader;
    return result;
}

void StreamForm::take(const BodySource &source, const Result &result, bool isGrown)
{
    m_source = source;
    m_reader = result.reader;
    QScrollBar *bar = m_list->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    if (!isGrown) {
        m_model->clear();
        m_data->hide();
    }
    m_model->append(result.rows);
    m_model->setIncomplete(result.incomplete);
    if (isGrown && isAtEnd)
        m_list->scrollToBottom();
    Q_EMIT shown({ tr("%1 events").arg(formatCount(m_model->rowCount() + m_model->leftOut())),
        m_model->leftOut() > 0
            ? tr("Only the first %1 events are listed.").arg(formatCount(m_model->rowCount()))
            : QString(),
        false });
}

void StreamForm::showCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    m_data->setVisible(index.isValid());
    if (!index.isValid())
        return;
    // The list has the begin of it only.
    const StreamEvent &listed = m_model->row(index.row()).event;
    const qint64 size
        = std::min<qint64>(listed.span.end - listed.span.begin, 2 * StreamEvent::LongestData);
    EventStreamReader reader;
    const QList<StreamEvent> events = reader.feed(m_source.octets->read(listed.span.begin, size));
    const StreamEvent event
        = events.isEmpty() ? reader.incomplete().value_or(listed) : events.constFirst();
    const QByteArray text = event.kind == StreamEvent::Kind::Comment ? event.comment : event.data;
    const BodyText shown = prettyText(bodySourceOf(text, {}));
    m_data->setContent(shown.text, shown.language);
}

void StreamForm::copy()
{
    if (m_list->currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(m_data->text());
        return;
    }
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(); ++row)
        lines += m_model->index(row, StreamEventModel::DataColumn).data().toString();
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

StreamEventModel *StreamForm::model() const { return m_model; }

QTableView *StreamForm::list() const { return m_list; }

TextView *StreamForm::dataView() const { return m_data; }

} // namespace headrace::ui
