#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace headrace::ui {

/** What a place without content says: one line on what it is for, and the first thing to do as a button. */
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setIcon(const QString &name); ///< A name of icon(); empty for none.
    void setText(const QString &title, const QString &hint = {});
    QString title() const;

    /// The button; empty text hides it. The key, if given, is shown beside it.
    void setButton(const QString &text, const QString &key = {});

Q_SIGNALS:
    void buttonClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    QString m_iconName;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_hint;
    QPushButton *m_button;
};

} // namespace headrace::ui
