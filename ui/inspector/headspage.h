#pragma once

#include "inspector/inspectorpage.h"

class QLabel;
class QVBoxLayout;

namespace headrace::ui {

class AdaptiveSplitter;
class EmptyState;
class MessageHead;

/** Heads of both directions, side by side where there is room: parsed fields beside the octets that
    passed. Interim responses stand above the final one. Shows trailers instead, on demand. */
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

private:
    /// One direction: its messages below each other, in a scroll area.
    struct Side
    {
        QVBoxLayout *layout = nullptr;
        QList<MessageHead *> heads;
        EmptyState *empty = nullptr;
    };

    Side makeSide(const QString &name);
    void showMessages(
        Side *side, const QList<const exchange::Message *> &messages, const QString &title);
    bool hasContent(const exchange::Message &message) const;

    What m_what;
    AdaptiveSplitter *m_splitter;
    Side m_request;
    Side m_response;
};

} // namespace headrace::ui
