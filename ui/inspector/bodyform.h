#pragma once

#include "inspector/bodyadapter.h"

#include <QObject>
#include <QWidget>

namespace headrace::ui {

/// One way to look at a body. Owner: a BodyView. What takes long is done beside the GUI thread.
class BodyForm : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What is shown of a body.
    struct Report
    {
        QString info; ///< A word on it for the bar: "4 × 3 PNG"; may be empty.
        QString error; ///< For people: what is wrong with the body; may be empty.
        bool isFailed = false; ///< Nothing could be shown: the octets are better.
    };

    virtual QString title() const = 0; ///< "Pretty"
    virtual QWidget *widget() const = 0; ///< Owner: the parent it was made with.

    /// Whether it has something to show for such a body, that is not empty.
    virtual bool isOffered(const BodySource &source, exchange::BodyKind kind) const = 0;

    /// shown() follows, at once or later. \a isGrown: it begins with what was shown before, and place, selection and
    /// what is open stay.
    virtual void show(const BodySource &source, bool isGrown) = 0;

    /// What is under way is of no interest any more: no shown() of it.
    virtual void cancel() = 0;

    virtual void copy()
        = 0; ///< All of it, as it is shown, to the clipboard; large ones as far as it is sensible.

Q_SIGNALS:
    void shown(const headrace::ui::BodyForm::Report &report);
    void reported(const headrace::ui::BodyForm::Report &report); ///< After shown(): there is news.
};

} // namespace headrace::ui
