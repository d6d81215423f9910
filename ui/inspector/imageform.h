#pragma once

#include "inspector/bodyform.h"
#include "shell/background.h"

namespace headrace::ui {

class ImageView;

/// A body as a picture.
class ImageForm : public BodyForm
{
    Q_OBJECT

public:
    explicit ImageForm(QWidget *parent);

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override;

private:
    ImageView *m_view;
    quint64 m_generation = 0; ///< Of the picture that is waited for.
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
