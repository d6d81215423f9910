#pragma once

#include "inspector/headnotes.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace headrace::ui {

class ElidedLabel;

/// Lines on one subject below a head, that can be folded away. Hidden without lines.
class NotesSection : public QWidget
{
    Q_OBJECT

public:
    explicit NotesSection(QWidget *parent = nullptr);

    void setNotes(const HeadNotes &notes); ///< The same notes again change nothing.
    const HeadNotes &notes() const;

    void setExpanded(bool isExpanded); ///< Default: true.
    bool isExpanded() const;

Q_SIGNALS:
    void expandedChanged(bool isExpanded); ///< By the user.

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        ElidedLabel *title;
        QLabel *text;
    };

    void showLines();
    void applyColors();

    HeadNotes m_notes;
    bool m_isExpanded = true;
    QToolButton *m_button;
    QLabel *m_summary;
    QWidget *m_body;
    QGridLayout *m_grid;
    QList<Row> m_rows; ///< More than are shown, once there were more.
};

} // namespace headrace::ui
