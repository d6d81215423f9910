#include "inspector/imageform.h"

#include "inspector/imageview.h"

#include <QClipboard>
#include <QGuiApplication>

namespace headrace::ui {

namespace {

// Files of pictures are read whole; a larger one is no picture for a window.
constexpr qint64 MostOctets = qint64(64) * 1024 * 1024;

struct Picture
{
    QImage image;
    QString format;
    QString error;
};

} // namespace

ImageForm::ImageForm(QWidget *parent)
    : BodyForm(parent)
    , m_view(new ImageView(parent))
{
}

QString ImageForm::title() const { return tr("Image"); }

QWidget *ImageForm::widget() const { return m_view; }

bool ImageForm::isOffered(const BodySource &source, exchange::BodyKind kind) const
{
    return kind == exchange::BodyKind::Image || mediaTypeOf(source).startsWith("image/");
}

void ImageForm::show(const BodySource &source, bool)
{
    ++m_generation;
    m_background.run(
        [source] {
            Picture picture;
            if (source.size() > MostOctets)
                picture.error = tr("The picture is too large to be shown.");
            else
                picture.image = readImage(source.whole(), &picture.format, &picture.error);
            return picture;
        },
        [this, generation = m_generation](const Picture &picture) {
            if (generation != m_generation)
                return;
            m_view->setImage(picture.image);
            if (picture.image.isNull())
                Q_EMIT shown({ {}, picture.error, true });
            else
                Q_EMIT shown({ tr("%1 × %2 %3")
                                   .arg(picture.image.width())
                                   .arg(picture.image.height())
                                   .arg(picture.format),
                    {}, false });
        });
}

void ImageForm::cancel() { ++m_generation; }

void ImageForm::copy() { QGuiApplication::clipboard()->setImage(m_view->image()); }

} // namespace headrace::ui
