#pragma once

#include <session/requestdraft.h>

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace headrace::ui {

class ProblemLabel;

/// How a request goes over the wire: HTTP version, time limit, certificates, another target or place than the URL's.
class WireOptions : public QWidget
{
    Q_OBJECT

public:
    explicit WireOptions(QWidget *parent = nullptr);

    void setOptions(const session::RequestDraft &draft);
    void addTo(session::RequestDraft &draft) const; ///< Writes the options into \a draft.

    void setProblem(const QString &message); ///< Of the target or the place; empty: there is none.

Q_SIGNALS:
    void changed();

private:
    QComboBox *m_version = nullptr;
    QSpinBox *m_timeout = nullptr;
    QCheckBox *m_verify = nullptr;
    QLineEdit *m_target = nullptr;
    QLineEdit *m_connectTo = nullptr;
    ProblemLabel *m_problem = nullptr;
};

} // namespace headrace::ui
