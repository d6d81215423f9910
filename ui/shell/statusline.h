#pragma once

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace headrace::ui {

class ServiceButton;

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

    /// The same of the proxy. \a load: what goes on in it, for the tool tip; may be empty.
    void setProxy(bool isRunning, const QString &address, const QString &load = {});

    /// Exchanges that wait for the user; 0: none, and nothing is said of it.
    void setHeld(int count);
    void setCounts(const Counts &counts);

    QString countsText() const;
    QString memoryText() const; ///< With what is on the disk.
    QString lostText() const; ///< Empty while nothing is lost.
    QString serviceText() const; ///< What is said of the mock server.
    QString proxyText() const;
    QString heldText() const; ///< Empty while nothing is held.

    /// What the process takes in memory. Unit: octets; 0 where the platform does not tell.
    static qint64 processOctets();

Q_SIGNALS:
    void stopMockRequested();
    void startMockRequested(); ///< It does not run; the place to start it is asked for.
    void stopProxyRequested();
    void startProxyRequested(); ///< As of the mock server.
    void heldRequested(); ///< What is held is to be shown.

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyColors();
    void updateMemory();

    Counts m_counts;
    ServiceButton *m_proxy;
    ServiceButton *m_mock;
    QToolButton *m_held;
    QLabel *m_countsLabel;
    QLabel *m_lost;
    QLabel *m_memory;
    QTimer m_memoryTimer;
};

} // namespace headrace::ui
