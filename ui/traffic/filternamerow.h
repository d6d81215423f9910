#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace headrace::ui {

/// A line in place in which a filter gets its name. Enter takes it, Esc does not.
class FilterNameRow : public QWidget
{
    Q_OBJECT

public:
    explicit FilterNameRow(QWidget *parent = nullptr);

    /// Shows the row. \a isTaken says of a name whether a filter has it already, which then gives way.
    void ask(
        const QString &title, const QString &name, std::function<bool(const QString &)> isTaken);

    QLineEdit *edit() const;

Q_SIGNALS:
    void named(const QString &name); ///< Not blank.
    void closed(); ///< After named(), or without.

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void accept();
    void leave();
    void refresh();

    QLabel *m_title;
    QLineEdit *m_name;
    QLabel *m_warning;
    QPushButton *m_accept;
    std::function<bool(const QString &)> m_isTaken;
};

} // namespace headrace::ui
