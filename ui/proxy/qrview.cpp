#include "proxy/qrview.h"

#include <QPainter>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr int QuietZone = 4; // modules, as the standard asks for
constexpr int ModuleSize = 5; // pixels, where there is room

} // namespace

QrView::QrView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrView::setText(const QString &text)
{
    m_text = text;
    m_code = qrCodeOf(text);
    setAccessibleName(tr("QR code of %1").arg(text));
    setToolTip(text);
    updateGeometry();
    update();
}

QString QrView::text() const { return m_text; }

QSize QrView::sizeHint() const
{
    const int side = (m_code.width + 2 * QuietZone) * ModuleSize;
    return { side, side };
}

void QrView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    if (m_code.width == 0)
        return;
    // Whole pixels of the screen: blurred edges are hard to read.
    const double scale = devicePixelRatioF();
    const int all = m_code.width + 2 * QuietZone;
    const double module
        = std::max(1.0, double(int(std::min(width(), height()) * scale / all))) / scale;
    const double begin = QuietZone * module;
    for (int y = 0; y < m_code.width; ++y) {
        for (int x = 0; x < m_code.width; ++x) {
            if (m_code.isDark(x, y))
                painter.fillRect(
                    QRectF(begin + x * module, begin + y * module, module, module), Qt::black);
        }
    }
}

} // namespace headrace::ui
