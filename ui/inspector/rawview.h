#pragma once

#include "inspector/rawpainter.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <memory>

namespace headrace::ui {

/** The octets of one direction of an exchange as text or as hexadecimal digits, with the time of each read or write at
    the row that begins with it. Only rows in sight are read and painted, so any size opens at once. Select with the
    mouse or with Shift and the arrow keys; Ctrl+C copies what is selected as it is shown. */
class RawView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    using Form = RawRows::Form;

    /// More is not copied. Unit: octets.
    static constexpr qint64 CopyLimit = 16 * 1024 * 1024;

    struct Content
    {
        std::shared_ptr<const exchange::Exchange> exchange;
        std::shared_ptr<const exchange::WireMap> map;
        exchange::Direction direction = exchange::Direction::Request;
        exchange::OctetSourcePointer octets;
    };

    explicit RawView(QWidget *parent = nullptr);

    /// \a grows: it is what was shown, with further octets at the end; caret, selection and place stay.
    void setContent(const Content &content, bool grows);

    void clear();

    void setForm(Form form); ///< What is at the top stays there.
    Form form() const;

    void setShowsLineEnds(bool shows); ///< Default: true.
    bool showsLineEnds() const;

    qint64 octetCount() const;
    qint64 caret() const;
    void setCaret(qint64 offset, bool extendsSelection = false);
    RawRange selection() const; ///< Empty without one.
    void select(const RawRange &range); ///< And scrolls to it.
    void selectAll();

    /// What is lifted out; scrolls there unless some of it is in sight.
    void setMark(const std::optional<RawRange> &mark);
    std::optional<RawRange> mark() const;

    /// Of a search, in order.
    void setMatches(const QList<RawRange> &matches);

    qint64 topOctet(); ///< First of the rows in sight.
    QString selectedText() const; ///< As it is copied: text, digits, or characters.

    QString toolTipAt(const QPoint
            &position); ///< What stands there and when it passed; \a position: of the viewport.

    /// The rows in sight as they are painted: "0.000010 HTTP/1.1 200 OK␍␊". For tests and assistive technology.
    QStringList visibleRows();

public Q_SLOTS:
    void copy();

Q_SIGNALS:
    void caretMoved(qint64 offset); ///< By the user or select().
    void findRequested();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr int TopMargin = 4; ///< Pixels.

    void cutRows(); ///< Anew, for another form or width.
    qint64 lastTime() const;
    void goOnCounting();
    void updateScrollBars();
    int rowsInView() const;
    void showRow(qint64 row);
    void ensureVisible(qint64 offset);
    qint64 octetAt(const QPoint &position, bool *isInGutter = nullptr);
    qint64 besideCaret(int rows); ///< The octet that many rows below, at the caret's place.
    int caretX(qint64 offset, const RawRows::Row &row) const;
    qint64 step(qint64 offset, int direction) const;
    QByteArray octetsOf(const RawRows::Row &row) const;
    QByteArray selectedOctets() const;
    QList<RawRange> matchesWithin(qint64 begin, qint64 end) const;

    Content m_content;
    mutable QByteArray m_window; ///< Octets read last, so that those in sight are read together.
    mutable qint64 m_windowBegin = 0;
    RawRows m_rows;
    RawLayout m_layout;
    Form m_form = Form::Text;
    RawLayout::Pane m_pane = RawLayout::Pane::Digits;
    bool m_showsLineEnds = true;
    qint64 m_caret = 0;
    qint64 m_anchor = 0;
    std::optional<RawRange> m_mark;
    QList<RawRange> m_matches;
    QTimer m_counting; ///< Rows are counted step by step while nothing else is to be done.
};

} // namespace headrace::ui
