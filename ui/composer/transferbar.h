#pragma once

#include <session/requestdraft.h>

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace headrace::ui {

/// How far a transfer has come, while it goes on. Appears when it takes longer than a moment.
class TransferBar : public QWidget
{
    Q_OBJECT

public:
    explicit TransferBar(QWidget *parent = nullptr);

    void begin();
    void setProgress(const session::TransferProgress &progress);
    void end();

    QString text() const; ///< "Sent 4.1 kB of 12 MB · received 0 B · 1.2 s"

Q_SIGNALS:
    void cancelRequested();

private:
    void refresh();

    session::TransferProgress m_progress;
    QElapsedTimer m_elapsed;
    QTimer m_appear;
    QTimer m_tick;
    QLabel *m_label = nullptr;
    QProgressBar *m_bar = nullptr;
};

} // namespace headrace::ui
