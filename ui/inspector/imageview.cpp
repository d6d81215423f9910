#include "inspector/imageview.h"

#include "shell/icons.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QImageReader>
#include <QMenu>
#include <QPainter>

namespace headrace::ui {

namespace {

constexpr int Margin = 8;
constexpr int CheckerSize = 8;
constexpr qint64 MostPoints = 64'000'000;

} // namespace

ImageView::ImageView(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Picture"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void ImageView::setImage(const QImage &image)
{
    m_image = image;
    setAccessibleName(tr("Picture, %1 by %2 points").arg(image.width()).arg(image.height()));
    update();
}

const QImage &ImageView::image() const { return m_image; }

void ImageView::paintEvent(QPaintEvent *)
{
    if (m_image.isNull())
        return;
    const QSize room = size() - QSize(2 * Margin, 2 * Margin);
    if (room.isEmpty())
        return;
    QSize shown = m_image.size();
    if (shown.width() > room.width() || shown.height() > room.height())
        shown.scale(room, Qt::KeepAspectRatio);
    const QRect target(QPoint(Margin, Margin), shown.expandedTo({ 1, 1 }));

    QPainter painter(this);
    if (m_image.hasAlphaChannel()) {
        painter.save();
        painter.setClipRect(target);
        const QColor odd = palette().color(QPalette::Midlight);
        const QColor even = palette().color(QPalette::Mid);
        for (int y = 0; y * CheckerSize < target.height(); ++y) {
            for (int x = 0; x * CheckerSize < target.width(); ++x)
                painter.fillRect(target.left() + x * CheckerSize, target.top() + y * CheckerSize,
                    CheckerSize, CheckerSize, (x + y) % 2 == 0 ? even : odd);
        }
        painter.restore();
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_image);
}

void ImageView::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_image.isNull())
        return;
    QMenu menu(this);
    connect(menu.addAction(icon(QStringLiteral("copy")), tr("Copy picture")), &QAction::triggered,
        this, [this] { QGuiApplication::clipboard()->setImage(m_image); });
    menu.exec(event->globalPos());
}

QImage readImage(const QByteArray &octets, QString *format, QString *error)
{
    QByteArray data = octets;
    QBuffer buffer(&data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && qint64(size.width()) * size.height() > MostPoints) {
        *error = QCoreApplication::translate(
            "Inspector", "The picture is too large to show: %1 by %2 points.")
                     .arg(size.width())
                     .arg(size.height());
        return {};
    }
    *format = QString::fromLatin1(reader.format()).toUpper();
    const QImage image = reader.read();
    if (image.isNull())
        *error = QCoreApplication::translate("Inspector", "The picture cannot be shown: %1.")
                     .arg(reader.errorString());
    return image;
}

} // namespace headrace::ui
