#pragma once

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace headrace::ui {

/** The line at the bottom: what is running on which port, how many exchanges there are, what they take.
    A running service is a button: its menu copies the address and stops it. */
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    struct Counts
    {
        qsizetype total = 0;
        qsizetype shown = 0;
        qsizetype selected = 0;
        qint64 lost = 0; ///< Not recorded, or given up at the memory bound.
        qint64 recordOctets = 0; ///< In memory.
        qint64 diskOctets = 0; ///< 0: they are in memory alone.
    };

    explicit StatusLine(QWidget *parent = nullptr);

    /// \a address "127.0.0.1:3000"; empty: it listens nowhere.
    void setMock(bool isRunning, const QString &address);
    void setCounts(const Counts &counts);

    QString countsText() const;
    QString memoryText() const; ///< With what is on the disk.
    QString lostText() const; ///< Empty while nothing is lost.
    QString serviceText() const; ///< What is said of the mock server.

    /// What the process takes in memory. Unit: octets; 0 where the platform does not tell.
    static qint64 processOctets();

Q_SIGNALS:
    void stopMockRequested();
    void startMockRequested(); ///< It does not run; the place to start it is asked for.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateMemory();

    QString m_address;
    bool m_isMockRunning = false;
    Counts m_counts;
    QToolButton *m_mock;
    QLabel *m_countsLabel;
    QLabel *m_lost;
    QLabel *m_memory;
    QTimer m_memoryTimer;
};

} // namespace headrace::ui
