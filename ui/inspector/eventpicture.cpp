#include "inspector/eventpicture.h"

#include "shell/theme.h"

#include <QApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int Width = 1200;
constexpr int TallestTwofold = 4'000; ///< A picture that is not higher is made twice as fine.

} // namespace

EventPicture::EventPicture(const EventRows &rows, const QString &title, bool isToScale,
    const QPalette &palette, Format format)
    : m_title(title)
    , m_palette(palette)
    , m_format(format)
{
    m_scene.rows = rows.shortened(format == Format::Png ? MostLines : MostSvgLines);
    m_leftOut = std::max<qsizetype>(0, rows.count() - m_scene.rows.count() + 1);
    if (rows.count() == m_scene.rows.count())
        m_leftOut = 0;
    QFont bold = Theme::fixedFont();
    bold.setBold(true);
    const EventColumns::Metrics metrics { QFontMetrics(QApplication::font()),
        QFontMetrics(Theme::fixedFont()), QFontMetrics(bold) };
    m_titleHeight = metrics.ui.height() + 16;
    m_scene.layout
        = EventLayout(m_scene.rows.times(), std::max(22, metrics.ui.height() + 4), !isToScale);
    m_scene.columns.emplace(m_scene.rows, metrics, Width, isToScale);
    m_scene.axis.setDuration(rows.duration());
    m_scene.axis.setWidth(m_scene.columns->axisWidth());
}

EventPicture::Format EventPicture::formatOf(const QString &path)
{
    const bool isSvg = QFileInfo(path).suffix().compare(u"svg", Qt::CaseInsensitive) == 0;
    return isSvg ? Format::Svg : Format::Png;
}

QSize EventPicture::size() const
{
    return { m_scene.columns->width(),
        m_titleHeight + m_scene.columns->headerHeight() + m_scene.layout.height() + 8 };
}

bool EventPicture::write(QIODevice *device) const
{
    return m_format == Format::Svg ? writeSvg(device) : writePng(device);
}

QString EventPicture::save(const QString &path) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !write(&file) || !file.commit())
        return QCoreApplication::translate("EventPicture", "%1: %2")
            .arg(QFileInfo(path).fileName(), file.errorString());
    return {};
}

void EventPicture::paint(QPainter *painter) const
{
    const QRect all(QPoint(), size());
    painter->fillRect(all, m_palette.color(QPalette::Base));
    painter->fillRect(0, 0, all.width(), m_titleHeight, m_palette.color(QPalette::Window));
    QFont bold = QApplication::font();
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(m_palette.color(QPalette::Text));
    const QRect title(8, 0, all.width() - 16, m_titleHeight);
    painter->drawText(title, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(m_title, Qt::ElideMiddle, title.width()));
    const EventPainter chart(m_scene, m_palette);
    painter->translate(0, m_titleHeight);
    chart.paintHeader(painter);
    painter->translate(0, m_scene.columns->headerHeight());
    chart.paintBody(painter, 0, m_scene.layout.height());
}

bool EventPicture::writePng(QIODevice *device) const
{
    const int scale = size().height() <= TallestTwofold ? 2 : 1;
    QImage image(size() * scale, QImage::Format_RGB32);
    if (image.isNull())
        return false;
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paint(&painter);
    painter.end();
    return image.save(device, "PNG");
}

bool EventPicture::writeSvg(QIODevice *device) const
{
    QSvgGenerator generator;
    generator.setOutputDevice(device);
    generator.setSize(size());
    generator.setViewBox(QRect(QPoint(), size()));
    generator.setTitle(m_title);
    generator.setResolution(96);
    QPainter painter;
    if (!painter.begin(&generator))
        return false;
    paint(&painter);
    return painter.end();
}

} // namespace headrace::ui
