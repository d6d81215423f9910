#include "inspector/eventspage.h"

#include "inspector/eventchart.h"
#include "inspector/eventpicture.h"
#include "inspector/eventpreview.h"
#include "inspector/exchangefacts.h"
#include "shell/adaptivesplitter.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/noticebar.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int PreviewBesideFrom = 1000;
constexpr int PreviewWidth = 330; ///< Eight octets a line.

} // namespace

EventsPage::EventsPage(QWidget *parent)
    : InspectorPage(parent)
    , m_pattern(new QLabel(this))
    , m_legend(new QLabel(this))
    , m_notice(new NoticeBar(this))
    , m_splitter(new AdaptiveSplitter(PreviewBesideFrom, this))
    , m_chart(new EventChart(m_splitter))
    , m_preview(new EventPreview(m_splitter))
    , m_empty(new EmptyState(this))
{
    m_empty->setText(tr("No event has been recorded yet."));
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    m_legend->setMinimumWidth(1);
    QFont bold = m_pattern->font();
    bold.setBold(true);
    m_pattern->setFont(bold);
    m_pattern->setTextFormat(Qt::PlainText);
    m_pattern->setToolTip(tr("The documented order that these events follow"));
    m_notice->setDismissible(true);
    m_splitter->addWidget(m_chart);
    m_splitter->addWidget(m_preview);
    const auto share = [this](Qt::Orientation orientation) {
        if (orientation == Qt::Horizontal)
            m_splitter->setSizes({ m_splitter->width() - PreviewWidth, PreviewWidth });
        else
            m_splitter->setSizes({ m_splitter->height() * 2 / 3, m_splitter->height() / 3 });
    };
    connect(m_splitter, &AdaptiveSplitter::orientationChanged, this, share);
    share(Qt::Horizontal);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);

    makeActions();
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 4);
    bar->setSpacing(4);
    bar->addWidget(m_pattern);
    m_departureButton = addButton(bar, m_goToDeparture);
    m_departureButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    bar->addSpacing(8);
    bar->addWidget(m_legend, 1);
    addButton(bar, m_transfers)->setToolButtonStyle(Qt::ToolButtonTextOnly);
    addButton(bar, m_toScale)->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QAction *action : { m_zoomOut, m_zoomFit, m_zoomIn, m_copyAll, m_save })
        addButton(bar, action);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_notice);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_empty, 1);

    connect(m_chart, &EventChart::currentChanged, this, &EventsPage::showRow);
    connect(m_chart, &EventChart::activated, this, &EventsPage::showInRaw);
    connect(m_chart, &EventChart::zoomChanged, this, &EventsPage::updateActions);
    connect(m_chart, &EventChart::chosen, this,
        [this](qsizetype row) { Q_EMIT spanSelected(m_chart->rows().span(row)); });
    updateActions();
}

void EventsPage::makeActions()
{
    const auto make = [this](const QString &picture, const QString &text, const QString &tip) {
        auto *action = new QAction(picture.isEmpty() ? QIcon() : icon(picture), text, this);
        action->setToolTip(tip.isEmpty() ? text : tip);
        return action;
    };
    m_goToDeparture
        = make({}, tr("Show it"), tr("Go to the line where the documented order is left"));
    m_transfers = make({}, tr("Reads and writes"), tr("Show each read and write of the socket"));
    m_transfers->setCheckable(true);
    m_transfers->setChecked(true);
    m_toScale = make(QStringLiteral("waterfall"), tr("To scale"),
        tr("Show time to scale, with the phases as bars; Ctrl and the wheel zoom"));
    m_toScale->setCheckable(true);
    m_zoomIn = make(QStringLiteral("zoom-in"), tr("Zoom in"), tr("Zoom in (+)"));
    m_zoomOut = make(QStringLiteral("zoom-out"), tr("Zoom out"), tr("Zoom out (-)"));
    m_zoomFit = make(
        QStringLiteral("zoom-fit"), tr("Show all of the time"), tr("Show all of the time (0)"));
    m_showInRaw
        = make({}, tr("Show in Raw"), tr("Show the octets that caused this on the Raw tab"));
    m_copyAll = make(QStringLiteral("copy"), tr("Copy all events"), tr("Copy all lines as text"));
    m_save = make(
        QStringLiteral("save"), tr("Save as a picture…"), tr("Save the whole chart as PNG or SVG"));
    connect(m_goToDeparture, &QAction::triggered, this, &EventsPage::goToDeparture);
    connect(m_transfers, &QAction::toggled, this, [this] { refresh(true); });
    connect(m_toScale, &QAction::toggled, m_chart, &EventChart::setToScale);
    connect(m_zoomIn, &QAction::triggered, m_chart, &EventChart::zoomIn);
    connect(m_zoomOut, &QAction::triggered, m_chart, &EventChart::zoomOut);
    connect(m_zoomFit, &QAction::triggered, m_chart, &EventChart::zoomFit);
    connect(m_showInRaw, &QAction::triggered, this, &EventsPage::showInRaw);
    connect(m_copyAll, &QAction::triggered, this, &EventsPage::copyAll);
    connect(m_save, &QAction::triggered, this, &EventsPage::askForPicture);
    addActions({ m_copyAll, m_save });

    // The chart takes the key itself.
    auto *copy = new QAction(icon(QStringLiteral("copy")), tr("Copy chosen lines"), m_chart);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, m_chart, &EventChart::copy);
    m_chart->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_chart->addActions({ m_showInRaw, copy, m_copyAll, m_save, m_transfers, m_toScale });
}

QToolButton *EventsPage::addButton(QBoxLayout *bar, QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setAccessibleName(action->text());
    bar->addWidget(button);
    return button;
}

void EventsPage::showExchange(const ExchangePointer &exchange)
{
    const bool isSame = m_exchange && m_exchange->summary.id == exchange->summary.id;
    m_exchange = exchange;
    if (!isSame)
        m_notice->setNotice(Theme::Tone::Informational, {});
    refresh(isSame);
}

void EventsPage::refresh(bool keepsPlace)
{
    if (!m_exchange)
        return;
    // Other lines have other numbers: what is chosen is found again by what it is.
    const EventRows before = m_chart->rows();
    const qsizetype current = keepsPlace ? m_chart->current() : -1;
    const EventRows rows(m_exchange, m_transfers->isChecked());
    m_chart->setRows(rows, keepsPlace);
    if (current >= 0)
        m_chart->setCurrent(rows.find(before.at(current)));
    updateTexts();
    showRow(m_chart->current());
    updateActions();
}

void EventsPage::updateTexts()
{
    const EventRows &rows = m_chart->rows();
    const qsizetype events = m_exchange->events.size();
    QString pattern = exchange::displayName(exchange::patternOf(*m_exchange));
    if (const auto &departure = rows.departure()) {
        pattern += departure->eventIndex >= events
            ? tr(" · ends too early: expected %1").arg(departure->expected)
            : tr(" · departs at event %1").arg(departure->eventIndex + 1);
    }
    m_pattern->setText(pattern);
    QString legend = events == 1 ? tr("1 event") : tr("%1 events").arg(formatCount(events));
    if (const qsizetype transfers = rows.transferCount(); transfers > 0)
        legend += transfers == 1 ? tr(" · 1 read or write")
                                 : tr(" · %1 reads and writes").arg(formatCount(transfers));
    for (const exchange::Message *message : { &m_exchange->request, &m_exchange->response }) {
        if (message->isTruncated || message->isPartial) {
            legend += tr(" · only the first octets are here");
            break;
        }
    }
    m_legend->setText(legend);
    const bool isEmpty = rows.count() == 0 && rows.transferCount() == 0;
    m_splitter->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    m_legend->setVisible(!isEmpty);
    m_pattern->setVisible(!isEmpty);
}

void EventsPage::updateActions()
{
    const bool isToScale = m_chart->isToScale();
    const TimeAxis &axis = m_chart->scene().axis;
    const bool hasRows = m_chart->rows().count() > 0;
    m_toScale->setChecked(isToScale);
    m_zoomIn->setEnabled(hasRows && isToScale && !axis.isLargest());
    m_zoomOut->setEnabled(hasRows && isToScale && !axis.isFit());
    m_zoomFit->setEnabled(hasRows && isToScale && !axis.isFit());
    m_copyAll->setEnabled(hasRows);
    m_save->setEnabled(hasRows);
    m_goToDeparture->setVisible(m_chart->rows().departure().has_value());
    m_departureButton->setVisible(m_goToDeparture->isVisible());
}

void EventsPage::showRow(qsizetype row)
{
    if (row < 0 || !m_exchange)
        m_preview->clear();
    else
        m_preview->setRow(m_chart->rows(), row, *m_exchange);
    m_showInRaw->setEnabled(row >= 0 && m_chart->rows().span(row));
}

void EventsPage::showInRaw()
{
    const qsizetype row = m_chart->current();
    const auto span = row < 0 ? std::nullopt : m_chart->rows().span(row);
    if (!span)
        return;
    Q_EMIT spanSelected(span); // the line may have been chosen by the program
    Q_EMIT rawRequested();
}

void EventsPage::showSpan(const std::optional<exchange::WireSpan> &span)
{
    const qsizetype current = m_chart->current();
    const auto shown = current < 0 ? std::nullopt : m_chart->rows().span(current);
    if (shown != span)
        m_chart->setCurrent(span ? m_chart->rows().rowOf(*span) : -1);
}

QString EventsPage::badge(const exchange::Exchange &exchange) const
{
    return exchange.events.isEmpty() ? QString() : formatCount(exchange.events.size());
}

EventChart *EventsPage::chart() const { return m_chart; }

EventPreview *EventsPage::preview() const { return m_preview; }

QString EventsPage::patternText() const { return m_pattern->text(); }

QString EventsPage::legend() const { return m_legend->text(); }

QString EventsPage::notice() const { return m_notice->text(); }

bool EventsPage::showsTransfers() const { return m_transfers->isChecked(); }

void EventsPage::setShowsTransfers(bool isShown) { m_transfers->setChecked(isShown); }

void EventsPage::setToScale(bool isToScale) { m_toScale->setChecked(isToScale); }

void EventsPage::goToDeparture()
{
    const EventRows &rows = m_chart->rows();
    for (qsizetype row = 0; row < rows.count(); ++row) {
        if (!rows.isDeparture(row))
            continue;
        m_chart->setCurrent(row);
        m_chart->setFocus(Qt::OtherFocusReason);
        return;
    }
}

// --- out to others

void EventsPage::copyAll() const
{
    const EventRows &rows = m_chart->rows();
    QGuiApplication::clipboard()->setText(rows.toText(0, rows.count() - 1));
}

QString EventsPage::titleOfPicture() const
{
    return headlineOf(*m_exchange).text() + QStringLiteral(" · ") + patternText();
}

void EventsPage::askForPicture()
{
    const QString name
        = QStringLiteral("exchange-%1-events.png").arg(m_exchange ? m_exchange->summary.id : 0);
    auto *dialog = new QFileDialog(
        window(), tr("Save the events"), name, tr("PNG picture (*.png);;SVG drawing (*.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(
            filter.contains(QStringLiteral("svg")) ? QStringLiteral("svg") : QStringLiteral("png"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &EventsPage::savePicture);
    dialog->open();
}

void EventsPage::savePicture(const QString &path)
{
    if (!m_exchange || m_chart->rows().count() == 0)
        return;
    const EventPicture picture(m_chart->rows(), titleOfPicture(), m_chart->isToScale(), palette(),
        EventPicture::formatOf(path));
    const QString error = picture.save(path);
    if (!error.isEmpty()) {
        m_notice->setNotice(Theme::Tone::Failed, tr("The picture was not saved. %1").arg(error));
        return;
    }
    QString text = tr("Saved as %1.").arg(QFileInfo(path).fileName());
    if (picture.linesLeftOut() > 0)
        text += tr(" %1 of %2 lines were left out of the middle.")
                    .arg(formatCount(picture.linesLeftOut()), formatCount(m_chart->rows().count()));
    m_notice->setNotice(Theme::Tone::Informational, text);
}

} // namespace headrace::ui
