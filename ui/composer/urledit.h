#pragma once

#include <QLineEdit>

namespace headrace::ui {

/** The box of a URL. A curl command or an HTTP request that is pasted or dropped into it is handed on whole, as a URL it
    would be none. */
class UrlEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit UrlEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void requestPasted(const QString &text);
    void undoRequested(); ///< Undo beyond what was typed here.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void pasteAny();
    bool handOn(const QString &text);
};

} // namespace headrace::ui
