#pragma once

#include "inspector/eventrows.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace headrace::ui {

/// What one line of the chart is about: its meaning, its exact times, and the octets that caused it.
class EventPreview : public QWidget
{
    Q_OBJECT

public:
    /// No more octets are shown. Unit: octets.
    static constexpr int MaxOctets = 512;

    explicit EventPreview(QWidget *parent = nullptr);

    /// \a exchange has the octets of \a rows.
    void setRow(const EventRows &rows, qsizetype row, const exchange::Exchange &exchange);
    void clear();

    QString meaning() const;
    QString caption() const; ///< Which octets these are, or that there are none.
    QString dump() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showDump();
    int octetsPerLine() const;

    QLabel *m_title;
    QLabel *m_meaning;
    QLabel *m_place;
    QLabel *m_caption;
    QPlainTextEdit *m_dump;
    QByteArray m_octets;
    qint64 m_offset = 0;
};

} // namespace headrace::ui
