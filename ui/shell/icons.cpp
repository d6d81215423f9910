#include "shell/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace headrace::ui {

namespace {

Q_LOGGING_CATEGORY(lc, "ui.icons", QtWarningMsg)

class OutlineIconEngine : public QIconEngine
{
public:
    OutlineIconEngine(QString name, std::optional<QColor> color)
        : m_name(std::move(name))
        , m_color(color)
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (file.open(QIODevice::ReadOnly))
            m_svg = file.readAll();
        else
            qCWarning(lc, "no icon \"%ls\"", qUtf16Printable(m_name));
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QColor color = colorFor(mode);
        const QString key = QStringLiteral("headrace/%1/%2/%3x%4/%5")
                                .arg(m_name, color.name(QColor::HexArgb))
                                .arg(size.width())
                                .arg(size.height())
                                .arg(scale);
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = render(size, color);
            pixmap.setDevicePixelRatio(scale);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        const int side = qMin(size.width(), size.height());
        return { side, side };
    }

    QString key() const override { return QStringLiteral("headrace-outline"); }

    QIconEngine *clone() const override { return new OutlineIconEngine(*this); }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled)
            return QGuiApplication::palette().color(QPalette::Disabled, QPalette::ButtonText);
        return m_color ? *m_color
                       : QGuiApplication::palette().color(QPalette::Active, QPalette::ButtonText);
    }

    QPixmap render(const QSize &size, const QColor &color) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        if (m_svg.isEmpty() || size.isEmpty())
            return pixmap;
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(color.alphaF());
        const int side = qMin(size.width(), size.height());
        renderer.render(&painter,
            QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
        return pixmap;
    }

    QString m_name;
    std::optional<QColor> m_color;
    QByteArray m_svg;
};

} // namespace

QIcon icon(const QString &name) { return QIcon(new OutlineIconEngine(name, std::nullopt)); }

QIcon icon(const QString &name, const QColor &color)
{
    return QIcon(new OutlineIconEngine(name, color));
}

} // namespace headrace::ui
