#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace headrace::ui {

/// A search that goes on: how far it is, what it found, and a way to end it.
class SearchProgress : public QWidget
{
    Q_OBJECT

public:
    explicit SearchProgress(QWidget *parent = nullptr);

    /// \a share of what is to be looked at: 0 to 1; below 0 it is not known.
    void setProgress(double share, qint64 hits);
    QString text() const;

Q_SIGNALS:
    void cancelRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    QProgressBar *m_bar;
    QLabel *m_text;
};

} // namespace headrace::ui
