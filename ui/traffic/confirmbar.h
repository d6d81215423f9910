#pragma once

#include "shell/noticebar.h"

#include <functional>

namespace headrace::ui {

/// Asks in place before something that cannot be taken back. Enter does it, Esc does not.
class ConfirmBar : public NoticeBar
{
    Q_OBJECT

public:
    explicit ConfirmBar(QWidget *parent = nullptr);

    /// Does \a then if the user agrees. Another question takes the place of this one.
    void ask(const QString &text, const QString &buttonText, std::function<void()> then);

Q_SIGNALS:
    void closed(); ///< Answered, either way.

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void answer(bool agrees);

    std::function<void()> m_then;
};

} // namespace headrace::ui
