#pragma once

#include <QTextEdit>

namespace headrace::ui {

/** A head block byte for byte, a line as high as a row of the field table beside it, so that each field
    stands beside its bytes. Control octets are shown as their pictures. As high as its lines. */
class RawLines : public QTextEdit
{
    Q_OBJECT

public:
    explicit RawLines(QWidget *parent = nullptr);

    void setOctets(const QByteArray &octets); ///< The same octets again change nothing.
    const QByteArray &octets() const;

    void markLines(int first, int count = 1); ///< From 0; -1 for none.
    int markedLine() const; ///< The first one; -1 without a mark.

    /// What ends the lines: "CRLF", "LF", "CRLF and LF"; empty without a line.
    QString lineEnds() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void lineClicked(int line); ///< From 0.

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void applyMark();
    int lineCount() const;

    QByteArray m_octets;
    int m_marked = -1;
    int m_markedCount = 0;
    int m_lineCount = 0;
};

} // namespace headrace::ui
