#pragma once

#include "inspector/bodyadapter.h"

#include <QStackedWidget>

namespace headrace::ui {

class LargeText;
class TextView;

/// Where a body is shown as text: with colours and folds if it is small, by windows if it is large.
class TextPane : public QStackedWidget
{
    Q_OBJECT

public:
    explicit TextPane(QWidget *parent = nullptr);

    void showText(
        const BodyText &text); ///< A text that goes on where the one before ended keeps its place.
    void showLarge(const LargeBodyText &text, bool isGrown);

    void copy(); ///< All of it; of a large text the first 16 MiB.

    TextView *small() const;
    LargeText *large() const;

private:
    TextView *m_small;
    LargeText *m_large;
};

} // namespace headrace::ui
