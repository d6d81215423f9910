#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace headrace::ui {

class ReplayModel;

/// How far a replay is, and what came of it so far, with Cancel while it goes on.
class ReplayProgress : public QWidget
{
    Q_OBJECT

public:
    /// \a model is borrowed and outlives this.
    explicit ReplayProgress(ReplayModel *model, QWidget *parent = nullptr);

    void setRunning(bool isRunning);
    QString text() const;
    QPushButton *cancelButton() const;

Q_SIGNALS:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showCounts();

    ReplayModel *m_model;
    QLabel *m_text;
    QPushButton *m_cancel;
    bool m_isRunning = false;
    double m_share = 0; ///< That is over; 0 to 1.
};

} // namespace headrace::ui
