#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace headrace::ui {

/// The line below a text in which one types what to look for. Knows no text: it asks and is told.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    QString pattern() const;
    void setPattern(const QString &pattern);
    bool isCaseSensitive() const;
    bool isRegularExpression() const;

    /// Says how many matches there are; \a current from 1, 0 for none at the selection.
    void showCount(qsizetype current, qsizetype count, bool isBounded);
    /// While a search goes on: how many so far, and what share of the text was searched; with a button to cancel.
    void showProgress(qsizetype count, double share);
    void showError(const QString &message);
    QString status() const;

    void begin(); ///< Shows the bar with its text selected and the focus in it.

Q_SIGNALS:
    void changed(); ///< Pattern or options: find again from where we stand.
    void nextRequested();
    void previousRequested();
    void cancelRequested(); ///< Of a search that goes on.
    void closeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(const QString &text, const QString &hint);
    void showStatus(const QString &text, bool isBad);

    QLineEdit *m_pattern = nullptr;
    QToolButton *m_case = nullptr;
    QToolButton *m_expression = nullptr;
    QToolButton *m_cancel = nullptr;
    QLabel *m_status = nullptr;
};

} // namespace headrace::ui
