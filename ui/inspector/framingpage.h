#pragma once

#include "inspector/inspectorpage.h"
#include "inspector/wireloader.h"

class QLabel;
class QTableView;

namespace headrace::ui {

class EmptyState;
class FramingModel;
class Segments;

/// How the messages lie on the wire: every head, chunk and trailer with its place, size line and time.
class FramingPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit FramingPage(QWidget *parent = nullptr);

    /// Where octets are that an exchange does not have with it. Borrowed.
    void setStore(exchange::Store *store);
    void showExchange(const ExchangePointer &exchange) override;
    QString badge(
        const exchange::Exchange &exchange) const override; ///< Chunks of both directions.
    void showSpan(const std::optional<exchange::WireSpan> &span) override;

    exchange::Direction direction() const;
    void setDirection(exchange::Direction direction);
    QTableView *table() const;

    QString selectedLines() const; ///< With the titles above, cells separated by tabs.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeTable();
    void refresh();
    void fitColumns();
    void noteSelection();
    void showMenu(const QPoint &position);

    WireLoader *m_loader;
    WireContent m_content;
    std::optional<exchange::WireSpan> m_span; ///< Shown last.
    bool m_isShowing = false; ///< The selection follows another page, not the user.
    FramingModel *m_model;
    Segments *m_directions;
    QLabel *m_legend;
    QTableView *m_table;
    EmptyState *m_empty;
};

} // namespace headrace::ui
