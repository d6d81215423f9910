#pragma once

#include "inspector/bodyform.h"
#include "shell/background.h"

#include <memory>

namespace headrace::ui {

class TextPane;

/// A body as text: as it came, or laid out.
class TextForm : public BodyForm
{
    Q_OBJECT

public:
    enum class Layout
    {
        AsItCame,
        Pretty
    };

    /// \a pane is borrowed; several forms may share it, since one is in sight.
    TextForm(Layout layout, TextPane *pane, QObject *parent = nullptr);
    ~TextForm() override;

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override;

private:
    using Flag = std::shared_ptr<std::atomic_bool>;

    void showSmall(const BodySource &source);
    void showLarge(const BodySource &source, bool isGrown);

    Layout m_layout;
    TextPane *m_pane;
    Flag m_isCanceled;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
