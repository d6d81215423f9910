#pragma once

#include <exchange/octetsource.h>
#include <exchange/rowindex.h>

#include <QWidget>

class QAction;

namespace headrace::ui {

class FindBar;
class LargeTextView;
class OctetFind;

/// A text of any size, with a find bar below it (Ctrl+F, Esc closes it) that searches all of it in the background.
class LargeText : public QWidget
{
    Q_OBJECT

public:
    explicit LargeText(QWidget *parent = nullptr);

    /// \a isGrown: it begins with what was shown before; place and selection stay.
    void setSource(const exchange::OctetSourcePointer &source, exchange::TextEncoding encoding,
        bool isGrown = false);

    LargeTextView *view() const;
    FindBar *findBar() const;
    OctetFind *find() const;

    /// Find, word wrap: for menus and the command palette.
    QList<QAction *> viewActions() const;

private:
    QAction *m_findAction;
    QAction *m_wrap;
    LargeTextView *m_view;
    FindBar *m_findBar;
    OctetFind *m_find;
};

} // namespace headrace::ui
