#pragma once

#include "proxy/qrcode.h"

#include <QWidget>

namespace headrace::ui {

/// A QR code: dark on white in every theme, as cameras want it, with its quiet zone.
class QrView : public QWidget
{
    Q_OBJECT

public:
    explicit QrView(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QrCode m_code;
};

} // namespace headrace::ui
