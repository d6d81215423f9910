#pragma once

#include <mock/route.h>

#include <QWidget>

class QAction;
class QListWidget;
class QSpinBox;
class QStackedWidget;

namespace headrace::ui {

class FieldTable;
class ProblemLabel;

/// The interim responses that a route sends before its answer: 103 Early Hints and others.
class InterimEditor : public QWidget
{
    Q_OBJECT

public:
    using Interim = QList<std::pair<int, QList<std::pair<QByteArray, QByteArray>>>>;

    explicit InterimEditor(QWidget *parent = nullptr);

    const Interim &interim() const;
    void setInterim(const Interim &interim);
    void setProblems(const QList<mock::Problem> &problems);

    void addInterim(); ///< 103 with an example of a link.
    void removeInterim(); ///< The selected one.

Q_SIGNALS:
    void changed();

private:
    QWidget *makeEditorPage();
    void showList(int current);
    void showCurrent();
    void readCurrent();

    Interim m_interim;
    QList<mock::Problem> m_problems;
    QListWidget *m_list = nullptr;
    QSpinBox *m_status = nullptr;
    FieldTable *m_fields = nullptr;
    ProblemLabel *m_problem = nullptr;
    QStackedWidget *m_pages = nullptr;
    bool m_isShowing = false;
};

} // namespace headrace::ui
