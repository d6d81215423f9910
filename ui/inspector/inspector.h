#pragma once

#include "inspector/inspectorpage.h"
#include "shell/background.h"

#include <exchange/store.h>

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

class QAction;
class QStackedWidget;
class QTabWidget;

namespace headrace::ui {

class BodyPage;
class ChangesPage;
class EmptyState;
class EventsPage;
class FramingPage;
class HeadlineBar;
class HeadsPage;
class MessagesPage;
class OverviewPage;
class RawPage;
class TimingPage;
class TlsPage;

/** The one view of an exchange, the same in every workspace. Follows the exchange while it goes on: tab,
    selection and scroll positions stay. Only the page in sight is kept up to date, and one that takes
    long is not asked more often than a tenth of the time. */
class Inspector : public QWidget
{
    Q_OBJECT

public:
    enum class Tab
    {
        Overview,
        Headers,
        Body,
        Trailers,
        Events,
        Framing,
        Raw,
        Timing,
        Tls,
        Messages, ///< Of exchanges that opened a WebSocket.
        Changes ///< Of exchanges that passed the proxy.
    };

    static constexpr int TabCount = int(Tab::Changes) + 1;

    /// So many octets of each message are read with an exchange; pages read more when they show it. Unit: octets.
    static constexpr qint64 OctetLimit = qint64(2) * 1024 * 1024;

    /// An exchange with more octets is read beside the GUI thread: it takes the time of reading all of them.
    static constexpr qint64 ReadAtOnce = qint64(16) * 1024 * 1024;

    explicit Inspector(QWidget *parent = nullptr);

    /// Shows an exchange of \a store (borrowed); id 0 or an id that is not there shows the empty state.
    void setExchange(exchange::Store *store, exchange::ExchangeId id);
    exchange::ExchangeId exchangeId() const; ///< 0 when empty.

    void setEmptyText(const QString &title, const QString &hint = {});

    Tab currentTab() const;
    void setCurrentTab(
        Tab tab); ///< One that an exchange has not comes in sight with the next that has it.
    bool isOffered(Tab tab) const;
    void focusTabs();

    QString headline() const;
    OverviewPage *overviewPage() const;
    HeadsPage *headersPage() const;
    BodyPage *bodyPage() const;
    HeadsPage *trailersPage() const;
    EventsPage *eventsPage() const;
    FramingPage *framingPage() const;
    RawPage *rawPage() const;
    TimingPage *timingPage() const;
    TlsPage *tlsPage() const;
    MessagesPage *messagesPage() const;
    ChangesPage *changesPage() const;

Q_SIGNALS:
    void tabChanged(headrace::ui::Inspector::Tab tab);

    /// The user wants to see this exchange of the same store instead.
    void exchangeActivated(headrace::exchange::ExchangeId id);

    /// The user wants to take the certificate of its origin, which the proxy refused.
    void certificateAcceptRequested(headrace::exchange::ExchangeId id);

private:
    void addPage(InspectorPage *page, const QString &title);
    void noteChanged(const QList<exchange::ExchangeId> &ids);
    void noteRemoved(const QList<exchange::ExchangeId> &ids);
    void reload();
    void take(std::optional<exchange::Exchange> found, const QElapsedTimer &cost);
    void showCurrentPage();
    void showSpan();
    void updateTabs();

    QPointer<exchange::Store> m_store;
    exchange::ExchangeId m_id = 0;
    ExchangePointer m_exchange;
    bool m_isOther = false; ///< m_id is not what is shown yet.
    std::optional<exchange::WireSpan> m_span; ///< What the user chose of m_exchange.
    QTimer m_reloadTimer;
    QElapsedTimer m_sinceReload;
    quint64 m_generation = 0; ///< Of what is read.
    qint64 m_reloadCost = 0; ///< Milliseconds the last one took.

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    HeadlineBar *m_headline;
    QTabWidget *m_tabs;
    QStringList m_titles;
    QList<QAction *> m_tabActions;
    int m_wantedTab = 0; ///< The last one that was asked for.
    bool m_isOffering = false; ///< The current tab changes because of what there is.
    QList<InspectorPage *> m_pages;
    OverviewPage *m_overview;
    HeadsPage *m_headers;
    BodyPage *m_body;
    HeadsPage *m_trailers;
    EventsPage *m_events;
    FramingPage *m_framing;
    RawPage *m_raw;
    TimingPage *m_timing;
    TlsPage *m_tls;
    MessagesPage *m_messages;
    ChangesPage *m_changes;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
