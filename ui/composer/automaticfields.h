#pragma once

#include <session/requestdraft.h>

#include <QWidget>

class QCheckBox;

namespace headrace::ui {

/// The fields that are added when a request is sent, with what they will say, and a switch for each.
class AutomaticFields : public QWidget
{
    Q_OBJECT

public:
    explicit AutomaticFields(QWidget *parent = nullptr);

    /// Shows what \a draft will get. \a bodyOctets: -1 is unknown.
    void describe(const session::RequestDraft &draft, qint64 bodyOctets);

    bool sendHost() const;
    bool sendConnection() const;
    bool sendContentLength() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    QCheckBox *m_host = nullptr;
    QCheckBox *m_connection = nullptr;
    QCheckBox *m_length = nullptr;
};

} // namespace headrace::ui
