#pragma once

#include "inspector/bodyform.h"
#include "shell/background.h"

#include <exchange/multipart.h>

#include <memory>

class QLabel;
class QSplitter;
class QTreeWidget;

namespace headrace::ui {

class BodyView;

/// A multipart body as the list of its parts, with a view of the chosen one, which may have parts itself.
class PartsForm : public BodyForm
{
    Q_OBJECT

public:
    explicit PartsForm(QWidget *parent);
    ~PartsForm() override;

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override; ///< The chosen part, as it is shown.

    QTreeWidget *list() const;
    BodyView *partView() const; ///< Null before there was a part.

private:
    using Flag = std::shared_ptr<std::atomic_bool>;

    void take(const BodySource &source, const exchange::Multipart &multipart, bool isGrown);
    void showPart(int index, bool isGrown);

    QSplitter *m_splitter;
    QTreeWidget *m_list;
    QWidget *m_detail;
    QLabel *m_head;
    BodyView *m_view = nullptr; ///< Made for the first part: it has such a form itself.
    BodySource m_source;
    exchange::Multipart m_multipart;
    Flag m_isCanceled;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
