#pragma once

#include <QByteArray>
#include <QImage>
#include <QWidget>

namespace headrace::ui {

/// A picture in its own size, made smaller if there is no room; transparency over a chequered ground.
class ImageView : public QWidget
{
    Q_OBJECT

public:
    explicit ImageView(QWidget *parent = nullptr);

    void setImage(const QImage &image);
    const QImage &image() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QImage m_image;
};

/// Reads a picture of at most some 64 million points. Null with \a error set if it cannot. Thread: any.
QImage readImage(const QByteArray &octets, QString *format, QString *error);

} // namespace headrace::ui
