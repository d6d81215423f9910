#pragma once

#include <mock/route.h>

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace headrace::ui {

class ProblemLabel;
class Segments;

/// What a route takes, whether a script answers, and the first line of a fixed answer: status, reason, delay.
class RouteHead : public QWidget
{
    Q_OBJECT

public:
    explicit RouteHead(QWidget *parent = nullptr);

    void setRoute(const mock::Route &route);
    void addTo(mock::Route &route) const;
    void setProblems(const QList<mock::Problem> &problems);
    void focusPath();

Q_SIGNALS:
    void changed();

private:
    void showPhrase();

    void showKind();

    QComboBox *m_method = nullptr;
    QLineEdit *m_path = nullptr;
    Segments *m_kind = nullptr;
    ProblemLabel *m_takesProblem = nullptr;
    QWidget *m_answer = nullptr;
    QSpinBox *m_status = nullptr;
    QLineEdit *m_reason = nullptr;
    QSpinBox *m_delay = nullptr;
    ProblemLabel *m_answerProblem = nullptr;
};

} // namespace headrace::ui
