#pragma once

#include "inspector/eventpainter.h"

#include <QSize>
#include <QString>

class QIODevice;

namespace headrace::ui {

/** The whole chart of an exchange as a picture of its own, not only what is in sight. Of very many lines those of
    the middle are left out, and a line of the picture says how many. */
class EventPicture
{
public:
    enum class Format
    {
        Png,
        Svg
    };

    /// More lines are left out. A PNG of so many takes some 75 MB while it is made.
    static constexpr qsizetype MostLines = 720;
    static constexpr qsizetype MostSvgLines = 5'000;

    /// \a title: over the chart.
    EventPicture(const EventRows &rows, const QString &title, bool isToScale,
        const QPalette &palette, Format format);

    static Format formatOf(const QString &path); ///< SVG by its suffix, else PNG.

    QSize size() const; ///< Unit: pixels.

    qsizetype linesLeftOut() const { return m_leftOut; }

    bool write(QIODevice *device) const;

    /// The file is complete or not there. Answers what went wrong, for people; empty without.
    QString save(const QString &path) const;

private:
    void paint(QPainter *painter) const;
    bool writePng(QIODevice *device) const;
    bool writeSvg(QIODevice *device) const;

    EventScene m_scene;
    QString m_title;
    QPalette m_palette;
    Format m_format;
    int m_titleHeight = 0;
    qsizetype m_leftOut = 0;
};

} // namespace headrace::ui
