#pragma once

#include "inspector/inspectorpage.h"

#include <exchange/certificate.h>

class QLabel;
class QListView;
class QStackedWidget;
class QStringListModel;
class QTabBar;

namespace headrace::ui {

class EmptyState;
class FactsView;
class NoticeBar;

/// What was agreed with the peer, and the certificates it showed, leaf first. Of a proxied exchange one of two sides: what
/// the origin showed, and what the proxy showed its client.
class TlsPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit TlsPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;

    QTabBar *sides() const; ///< In sight where there are two: origin, client.
    QListView *chainView() const;
    QString problemText() const; ///< What speaks against the chain; empty if nothing does.
    QString emptyText() const; ///< Why there is nothing to show; empty if there is.

private:
    QWidget *makeContent();
    QWidget *makeChain();
    void showSide(bool isOther);
    void showCertificate(int row);
    void copyPem() const;
    void savePem();

    ExchangePointer m_exchange;
    QList<exchange::Certificate> m_chain;
    QTabBar *m_sides;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    NoticeBar *m_problems;
    FactsView *m_handshake;
    QStringListModel *m_names;
    QListView *m_list;
    QLabel *m_chainTitle;
    QWidget *m_chainBox = nullptr;
    QList<FactsView *> m_facts;
};

} // namespace headrace::ui
