#pragma once

#include "inspector/rawlayout.h"

#include <exchange/wiremap.h>

#include <QFont>
#include <QPalette>

class QPainter;

namespace headrace::ui {

/// Octets that are lifted out in a raw view; \a end: one past the last.
struct RawRange
{
    qint64 begin = 0;
    qint64 end = 0;

    bool isEmpty() const { return begin >= end; }

    bool operator==(const RawRange &) const = default;
};

/// Paints rows of a raw view: the time at which a read or write begins, and its octets, coloured by what they are.
class RawPainter
{
public:
    /// What all rows have in common.
    struct Scene
    {
        RawLayout layout;
        QPalette palette;
        const exchange::WireMap *map = nullptr;
        exchange::Direction direction = exchange::Direction::Request;
        RawRange selection;
        RawRange mark; ///< What another view has chosen, or what the caret stands in.
        QList<RawRange> matches; ///< Of a search, as far as they are in sight.
        qint64 end = 0; ///< One past the last octet of all.
        qint64 caret = -1; ///< -1: not shown.
        RawLayout::Pane pane
            = RawLayout::Pane::Digits; ///< Hexadecimal form: where the caret stands.
        bool showsLineEnds = true;
        int width = 0; ///< Of the view.
    };

    RawPainter(QPainter &painter, const Scene &scene);

    void paintRow(const RawRows::Row &row, const QByteArray &octets, int y);

    /// In sight however far the view is scrolled to the side, so it comes last.
    void paintGutter(const RawRows::Row &row, int y, int scrolled);

private:
    void paintTextRow(const RawRows::Row &row, const QByteArray &octets, int y);
    void paintHexRow(const RawRows::Row &row, const QByteArray &octets, int y);
    void fill(int x, int width, int y, const QColor &color);
    void drawName(int x, int width, int y, const QString &name, const QColor &color);
    void drawText(int x, int y, const QString &text, const QColor &color);
    QList<QColor> colorsOf(const RawRows::Row &row) const;
    QColor groundOf(qint64 offset) const;

    QPainter &m_painter;
    const Scene &m_scene;
    QColor m_text;
    QColor m_muted;
    QColor m_framing;
    QColor m_foreign;
    QColor m_selection;
    QColor m_mark;
    QColor m_match;
    QFont m_small; ///< For the names of control octets.
    int m_ascent;
};

} // namespace headrace::ui
