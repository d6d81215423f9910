#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace headrace::ui {

/// A bar at the top of a panel that tells what went wrong and offers what to do about it. Hidden while silent.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind
    {
        Information,
        Warning,
        Failure
    };

    explicit NoticeBar(QWidget *parent = nullptr);

    /// \a code, if any, stands in bold before \a text. \a actionText names the button; empty: none.
    void tell(Kind kind, const QString &code, const QString &text, const QString &actionText = {});
    void clear();

    QString text() const; ///< What is said, without code; empty while hidden.
    QString code() const;

Q_SIGNALS:
    void actionTriggered();
    void closed(); ///< By its user.

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyColors();

    Kind m_kind = Kind::Information;
    QString m_code;
    QString m_text;
    QLabel *m_icon = nullptr;
    QLabel *m_label = nullptr;
    QToolButton *m_action = nullptr;
};

} // namespace headrace::ui
