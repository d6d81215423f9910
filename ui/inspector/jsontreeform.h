#pragma once

#include "inspector/bodyform.h"

#include <exchange/octetspan.h>

class QTreeView;

namespace headrace::ui {

class FindBar;
class JsonTreeModel;
class OctetFind;

/// JSON as a tree, read where it is opened, with a find bar (Ctrl+F) that opens what is found.
class JsonTreeForm : public BodyForm
{
    Q_OBJECT

public:
    explicit JsonTreeForm(QWidget *parent);

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override; ///< What is selected; without a selection all of it.

    QTreeView *tree() const;
    JsonTreeModel *model() const;
    OctetFind *find() const;
    FindBar *findBar() const;

private:
    void makeActions();
    void takeRoot();
    void takeShown();
    void showMenu(const QPoint &position);
    void expandBelow();
    void fitColumns();

    QWidget *m_widget;
    QTreeView *m_tree;
    JsonTreeModel *m_model;
    FindBar *m_findBar;
    OctetFind *m_find;
    exchange::OctetSourcePointer m_source;
    exchange::OctetSpan m_match; ///< The one chosen last.
};

} // namespace headrace::ui
