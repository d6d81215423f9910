#pragma once

#include "inspector/headnotes.h"

#include <exchange/fieldlines.h>

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace headrace::ui {

class AdaptiveSplitter;
class ElidedLabel;
class FieldTableView;
class NotesSection;
class RawLines;

/** The head or the trailers of one message: the parsed fields, and the same octets raw beside them; what is selected in
    one is marked in the other. Below them what cookies, caching directives and the like say, to be folded away. */
class MessageHead : public QWidget
{
    Q_OBJECT

public:
    explicit MessageHead(QWidget *parent = nullptr);

    void setTitle(const QString &title);

    /// \a startLine is empty for trailers.
    void setContent(
        const QString &startLine, const exchange::FieldList &fields, const QByteArray &raw);

    /// Rows of \a raw above the first field: 1 for a head, 0 for trailers.
    void setLinesBeforeFields(int lines);

    /// They are trailers, and these names were announced.
    void setTrailers(const QList<QByteArray> &announced);

    /// Subjects below the head; those without lines are not shown.
    void setNotes(const QList<HeadNotes> &notes);
    QList<NotesSection *> sections() const; ///< Also hidden ones.

    /// Marks a field, or the start line, without a signal; -1: none.
    void showField(int row);
    void showStartLine();

    FieldTableView *table() const;
    RawLines *raw() const;

Q_SIGNALS:
    void fieldSelected(int row); ///< By the user, in the table or the octets; -1: none.
    void startLineSelected(); ///< By the user, in the octets.
    void rawRequested(); ///< The octets of what is selected are wanted.
    void sectionToggled(const QString &title, bool isExpanded); ///< By the user.

private:
    void placeRaw(Qt::Orientation orientation);
    void markField(int row);
    void noteLine(int line);
    int lineOf(qsizetype offset) const;

    QLabel *m_title;
    ElidedLabel *m_startLine;
    QLabel *m_info;
    QToolButton *m_copy;
    AdaptiveSplitter *m_splitter;
    FieldTableView *m_table;
    QWidget *m_rawColumn;
    RawLines *m_raw;
    QVBoxLayout *m_layout;
    QList<NotesSection *> m_sections;
    exchange::FieldBlock m_block; ///< Of the raw octets.
    int m_linesBeforeFields = 1;
};

} // namespace headrace::ui
