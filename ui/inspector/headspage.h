#pragma once

#include "inspector/inspectorpage.h"

#include <exchange/wiremap.h>

#include <QSet>

class QScrollArea;
class QVBoxLayout;

namespace headrace::ui {

class AdaptiveSplitter;
class EmptyState;
class MessageHead;

/** Heads of both directions, side by side where there is room: parsed fields beside the octets that
    passed, with what cookies and caching directives say below them. Interim responses stand above the
    final one. Shows trailers instead, on demand, and those that were announced but did not come. */
class HeadsPage : public InspectorPage
{
    Q_OBJECT

public:
    enum class What
    {
        Heads,
        Trailers
    };

    explicit HeadsPage(What what, QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;
    QString badge(const exchange::Exchange &exchange) const override;
    void showSpan(const std::optional<exchange::WireSpan> &span) override;

private:
    /// One direction: its messages below each other, in a scroll area.
    struct Side
    {
        QScrollArea *area = nullptr;
        QVBoxLayout *layout = nullptr;
        QList<MessageHead *> heads;
        QList<int> messages; ///< That the heads show, as in WireItem::message.
        EmptyState *empty = nullptr;
    };

    Side makeSide(const QString &name);
    MessageHead *makeHead(Side *side);
    void showMessages(Side *side, const QList<int> &messages);
    void fillHead(MessageHead *head, int index);
    void noteSelection(MessageHead *head, const std::optional<exchange::WireSpan> &span);
    int messageOf(const MessageHead *head) const;
    const exchange::Message &message(int index) const;
    bool hasContent(const exchange::Message &message) const;

    What m_what;
    ExchangePointer m_exchange;
    exchange::WireMap m_map;
    QSet<QString> m_folded; ///< Titles of sections that the user folded away.
    AdaptiveSplitter *m_splitter;
    Side m_request;
    Side m_response;
};

} // namespace headrace::ui
