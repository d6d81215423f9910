#pragma once

#include "inspector/bodyform.h"

namespace headrace::ui {

class FindBar;
class HexView;
class OctetFind;

/// A body as octets, with a find bar (Ctrl+F).
class HexForm : public BodyForm
{
    Q_OBJECT

public:
    explicit HexForm(QWidget *parent);

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override;

    HexView *view() const;

private:
    QWidget *m_widget;
    HexView *m_view;
    FindBar *m_findBar;
    OctetFind *m_find;
};

} // namespace headrace::ui
