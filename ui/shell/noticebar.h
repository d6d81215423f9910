#pragma once

#include "shell/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace headrace::ui {

/// One line at the top of a panel that says what is wrong or missing there, with at most one thing to do.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// Shows the bar; an empty text hides it.
    void setNotice(Theme::Tone tone, const QString &text, const QString &buttonText = {});
    QString text() const;

    /// A button at the end that hides the bar; dismissed() then.
    void setDismissible(bool isDismissible);

Q_SIGNALS:
    void buttonClicked();
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyColors();

    Theme::Tone m_tone = Theme::Tone::Informational;
    QLabel *m_picture;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_dismiss;
};

} // namespace headrace::ui
