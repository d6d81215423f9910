#pragma once

#include <exchange/store.h>

#include <QWidget>

namespace headrace::ui {

class Inspector;

/// Two exchanges side by side, on the same tab of the inspector. Deletes itself when it is closed.
class CompareWindow : public QWidget
{
    Q_OBJECT

public:
    /// \a store is borrowed and outlives this.
    CompareWindow(exchange::Store *store, exchange::ExchangeId left, exchange::ExchangeId right,
        QWidget *parent);

    Inspector *left() const;
    Inspector *right() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    Inspector *m_left;
    Inspector *m_right;
};

} // namespace headrace::ui
