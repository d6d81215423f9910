#include "proxy/qrcode.h"

#include <qrencode.h>

#include <memory>

namespace headrace::ui {

QrCode qrCodeOf(const QString &text)
{
    const QByteArray octets = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(octets.constData(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code)
        return {};
    QrCode result { code->width, QBitArray(qsizetype(code->width) * code->width) };
    for (qsizetype i = 0; i < result.modules.size(); ++i)
        result.modules.setBit(i, (code->data[i] & 1) != 0);
    return result;
}

} // namespace headrace::ui
