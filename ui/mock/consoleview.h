#pragma once

#include <QPlainTextEdit>

namespace headrace::ui {

class ConsoleLog;
struct ConsoleLine;

/** Shows a console log: standard error and failures are marked by a sign and a colour, places in stacks can be
    clicked, or activated with Enter on their line. */
class ConsoleView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ConsoleView(ConsoleLog *log, QWidget *parent = nullptr);

    void setShowsTimes(bool shows); ///< Default: false.
    bool showsTimes() const;

    void setFollows(bool follows); ///< Keeps the last line in sight. Default: true.
    bool follows() const;

Q_SIGNALS:
    void placeActivated(const headrace::ui::ConsoleLine &line); ///< Of a line that names a place.
    void followsChanged(bool follows); ///< Scrolling up ends it, scrolling to the end begins it.

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showChange(qsizetype removed, qsizetype first);
    void showAll();
    void insert(QTextCursor &cursor, const ConsoleLine &line) const;
    void activate(int block);
    void scrollToEnd();
    void onScrolled();

    ConsoleLog *m_log;
    bool m_showsTimes = false;
    bool m_follows = true;
    bool m_isChanging = false;
};

} // namespace headrace::ui
