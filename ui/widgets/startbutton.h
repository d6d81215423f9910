#pragma once

#include <QPushButton>

class QAction;

namespace headrace::ui {

/// The primary button of a panel: it looks as its action does at the moment, and triggers it.
class StartButton : public QPushButton
{
    Q_OBJECT

public:
    explicit StartButton(QAction *action, QWidget *parent = nullptr);
};

} // namespace headrace::ui
