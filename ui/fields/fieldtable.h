#pragma once

#include "fields/fieldlistmodel.h"
#include "fields/fieldnames.h"

#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;

namespace headrace::ui {

class FieldDelegate;
class FieldView;
class TextView;

/** Edits field lines, as rows or as text. Says what is wrong where it was typed, but only what it is
    told: it knows no rules itself. */
class FieldTable : public QWidget
{
    Q_OBJECT

public:
    explicit FieldTable(QWidget *parent = nullptr);

    QList<session::DraftField> fields() const;
    void setFields(const QList<session::DraftField> &fields);

    void appendField(const session::DraftField &field);

    void setProblems(const QList<FieldProblem> &problems);

    void setUse(FieldUse use); ///< Which names are offered. Default: Request.
    void setSwitchable(bool switchable); ///< Rows can be turned off. Default: true.
    void setHint(const QString &hint); ///< One quiet line above the rows.
    void setLabel(const QString &label); ///< For assistive technology: "Request headers".

    bool isEditedAsText() const;
    void setEditedAsText(bool asText);

    FieldListModel *model() const;

    /// Puts the caret into the name of that field, or of the empty row at the end (-1).
    void editField(qsizetype field = -1);

    /// Add, remove, move, undo, edit as text: for menus and the command palette.
    QList<QAction *> fieldActions() const;

Q_SIGNALS:
    void changed();

private:
    void makeActions();
    void moveUp();
    void moveDown();
    void removeCurrent();
    void addField();
    void updateActions();
    void readText();
    void showTextProblems();

    FieldListModel *m_model = nullptr;
    FieldDelegate *m_delegate = nullptr;
    FieldView *m_view = nullptr;
    TextView *m_text = nullptr;
    QLabel *m_textProblem = nullptr;
    QLabel *m_hint = nullptr;
    QStackedWidget *m_pages = nullptr;
    QAction *m_asText = nullptr;
    QAction *m_up = nullptr;
    QAction *m_down = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_add = nullptr;
    QList<session::DraftField>
        m_fieldsAtText; ///< What the text was made of: kept when it comes back unchanged.
    QString m_firstText;
    bool m_isSwitchable = true;
};

} // namespace headrace::ui
