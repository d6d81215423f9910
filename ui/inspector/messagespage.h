#pragma once

#include "inspector/inspectorpage.h"

#include <exchange/store.h>
#include <exchange/websocket.h>

class QLabel;
class QSplitter;
class QTableView;

namespace headrace::ui {

class BodyView;
class NoticeBar;
class WebSocketLoader;
class WebSocketModel;

/// The messages of a WebSocket as they come, and the payload of the chosen one.
class MessagesPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit MessagesPage(QWidget *parent = nullptr);

    /// Where the octets are. Borrowed.
    void setStore(exchange::Store *store);
    void showExchange(const ExchangePointer &exchange) override;
    bool isOffered(const exchange::Exchange &exchange) const override; ///< It is a WebSocket.

    WebSocketModel *model() const;
    QTableView *list() const;
    BodyView *payload() const;
    QString legend() const; ///< "1,204 messages · 3 control frames · permessage-deflate"
    QString notice() const; ///< What is wrong with the chosen message; empty if nothing is.

private:
    void makeList();
    void begin();
    void take(const QList<exchange::WebSocketMessage> &messages,
        const QList<exchange::WebSocketMessage> &incomplete);
    void showCurrent();
    void showPayload(const exchange::WebSocketMessage &message);
    void updateLegend();
    void copy();

    ExchangePointer m_exchange;
    WebSocketLoader *m_loader;
    WebSocketModel *m_model;
    QLabel *m_legend;
    QSplitter *m_splitter;
    QTableView *m_list;
    NoticeBar *m_notice;
    QLabel *m_facts;
    BodyView *m_payload;
    QWidget *m_details;
};

} // namespace headrace::ui
