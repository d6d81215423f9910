#pragma once

#include <session/replay.h>

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace headrace::ui {

class Segments;

/// How a replay is to be done: at which pace, and where to. Says beside the field what is wrong with it.
class ReplayOptionsForm : public QWidget
{
    Q_OBJECT

public:
    explicit ReplayOptionsForm(QWidget *parent = nullptr);

    session::ReplayOptions options() const;
    void setOptions(const session::ReplayOptions &options);

    /// \a canStart: there is something to send, and nothing goes on.
    void setStartable(bool canStart);

    QLineEdit *originEdit() const;
    QPushButton *startButton() const;
    QString problem() const;

Q_SIGNALS:
    void startRequested();

private:
    void update();

    Segments *m_pace;
    QSpinBox *m_parallel;
    QLineEdit *m_origin;
    QCheckBox *m_keepsHost;
    QCheckBox *m_verifies;
    QLabel *m_problem;
    QPushButton *m_start;
    bool m_canStart = false;
};

} // namespace headrace::ui
