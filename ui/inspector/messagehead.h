#pragma once

#include <exchange/exchange.h>

#include <QWidget>

class QLabel;
class QToolButton;

namespace headrace::ui {

class AdaptiveSplitter;
class ElidedLabel;
class FieldTableView;
class RawLines;

/// The head or the trailers of one message: the parsed fields, and the same octets raw beside them.
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

    FieldTableView *table() const;
    RawLines *raw() const;

private:
    void placeRaw(Qt::Orientation orientation);
    void markField(int row);

    QLabel *m_title;
    ElidedLabel *m_startLine;
    QLabel *m_info;
    QToolButton *m_copy;
    AdaptiveSplitter *m_splitter;
    FieldTableView *m_table;
    QWidget *m_rawColumn;
    RawLines *m_raw;
    int m_linesBeforeFields = 1;
};

} // namespace headrace::ui
