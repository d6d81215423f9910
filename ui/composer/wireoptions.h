#pragma once

#include <session/requestdraft.h>

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace headrace::ui {

/// How a request goes over the wire: HTTP version, time limit, certificates.
class WireOptions : public QWidget
{
    Q_OBJECT

public:
    explicit WireOptions(QWidget *parent = nullptr);

    void setOptions(const session::RequestDraft &draft);
    void addTo(session::RequestDraft &draft) const; ///< Writes the options into \a draft.

Q_SIGNALS:
    void changed();

private:
    QComboBox *m_version = nullptr;
    QSpinBox *m_timeout = nullptr;
    QCheckBox *m_verify = nullptr;
};

} // namespace headrace::ui
