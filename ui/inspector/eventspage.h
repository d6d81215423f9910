#pragma once

#include "inspector/eventrows.h"
#include "inspector/inspectorpage.h"

class QAction;
class QBoxLayout;
class QLabel;
class QToolButton;

namespace headrace::ui {

class AdaptiveSplitter;
class EmptyState;
class EventChart;
class EventPreview;
class NoticeBar;

/// The order of everything that happened in an exchange: the chart of its events, and beside it what the chosen one
/// means and the octets that caused it.
class EventsPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit EventsPage(QWidget *parent = nullptr);

    void showExchange(const ExchangePointer &exchange) override;
    QString badge(const exchange::Exchange &exchange) const override;
    void showSpan(const std::optional<exchange::WireSpan> &span) override;

    EventChart *chart() const;
    EventPreview *preview() const;
    QString patternText() const; ///< The line above the events.
    QString legend() const; ///< Beside it: how many there are, and what is not here.
    QString notice() const; ///< What became of the last picture.

    bool showsTransfers() const;
    void setShowsTransfers(bool isShown); ///< Reads and writes of the socket. Default: true.
    void setToScale(bool isToScale);

    /// The whole chart as PNG, or as SVG when \a path ends so. Says in notice() what became of it.
    void savePicture(const QString &path);
    void copyAll() const;

    /// Chooses the line where the documented order is left.
    void goToDeparture();

private:
    void makeActions();
    QToolButton *addButton(QBoxLayout *bar, QAction *action);
    void refresh(bool keepsPlace);
    void updateActions();
    void updateTexts();
    void showRow(qsizetype row);
    void showInRaw();
    void askForPicture();
    QString titleOfPicture() const;

    ExchangePointer m_exchange;
    QAction *m_goToDeparture;
    QAction *m_transfers;
    QAction *m_toScale;
    QAction *m_zoomIn;
    QAction *m_zoomOut;
    QAction *m_zoomFit;
    QAction *m_showInRaw;
    QAction *m_copyAll;
    QAction *m_save;
    QToolButton *m_departureButton = nullptr;
    QLabel *m_pattern;
    QLabel *m_legend;
    NoticeBar *m_notice;
    AdaptiveSplitter *m_splitter;
    EventChart *m_chart;
    EventPreview *m_preview;
    EmptyState *m_empty;
};

} // namespace headrace::ui
