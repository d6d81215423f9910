#pragma once

#include <QBitArray>
#include <QString>

namespace headrace::ui {

/// A text as a QR code.
struct QrCode
{
    int width = 0; ///< Unit: modules; the quiet zone is not counted. 0: the text is too long.
    QBitArray modules; ///< Row by row; set: dark.

    bool isDark(int x, int y) const { return modules.testBit(qsizetype(y) * width + x); }
};

/// With medium error correction (ISO/IEC 18004, level M).
QrCode qrCodeOf(const QString &text);

} // namespace headrace::ui
