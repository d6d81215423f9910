#pragma once

#include <formats/formdata.h>

#include <QWidget>

class QAction;
class QTableView;

namespace headrace::ui {

class FormPartsModel;
class ProblemLabel;

/// Edits the parts of a multipart form: name, text or file, file name and type of each.
class FormEditor : public QWidget
{
    Q_OBJECT

public:
    explicit FormEditor(QWidget *parent = nullptr);

    QList<formats::FormPart> parts() const;
    void setParts(const QList<formats::FormPart> &parts);

    /// \a part: which one; -1: none of them. Empty: nothing is wrong.
    void setProblem(int part, const QString &message);

    FormPartsModel *model() const;
    QList<QAction *> formActions() const;

Q_SIGNALS:
    void changed();

private:
    void addFiles();
    void removeCurrent();

    FormPartsModel *m_model = nullptr;
    QTableView *m_view = nullptr;
    ProblemLabel *m_problem = nullptr;
    QAction *m_addFiles = nullptr;
    QAction *m_remove = nullptr;
};

} // namespace headrace::ui
