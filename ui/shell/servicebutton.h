#pragma once

#include <QIcon>
#include <QToolButton>

namespace headrace::ui {

/// What runs or does not, in the status line: its menu copies the address, stops it, or goes to where it is started.
class ServiceButton : public QToolButton
{
    Q_OBJECT

public:
    struct Words
    {
        QString stopped; ///< "○ Mock stopped"
        QString running; ///< Without an address.
        QString listening; ///< "● Mock %1"
        QString stoppedHint;
        QString runningHint;
        QString listeningHint;
        QString stop; ///< "Stop the mock server"
        QString start; ///< "Go to the mock server"
    };

    /// \a picture: of the way to where it is started.
    explicit ServiceButton(const QIcon &picture, QWidget *parent = nullptr);

    void setWords(const Words &words);

    /// \a address "127.0.0.1:3000"; empty: it listens nowhere. \a load: one more line of the tool tip.
    void setService(bool isRunning, const QString &address, const QString &load = {});

Q_SIGNALS:
    void stopRequested();
    void startRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showMenu();
    void showService();
    void applyColors();

    Words m_words;
    QString m_address;
    bool m_isRunning = false;
    QString m_load;
    QMenu *m_menu;
    QAction *m_copy;
    QAction *m_stop;
    QAction *m_start;
};

} // namespace headrace::ui
