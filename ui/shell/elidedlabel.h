#pragma once

#include <QWidget>

namespace headrace::ui {

/** One line of text, elided in the middle when there is no room; the whole is in the tool tip, and can be
    copied from the context menu or with Ctrl+C. */
class ElidedLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void setMuted(bool isMuted); ///< Painted as text of second rank.
    void setCopyable(bool isCopyable); ///< Default: false. Then it takes the focus by Tab.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateToolTip();
    void copy() const;

    QString m_text;
    bool m_isMuted = false;
    bool m_isCopyable = false;
};

} // namespace headrace::ui
