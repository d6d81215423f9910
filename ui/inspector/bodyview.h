#pragma once

#include "inspector/bodyform.h"

#include <QWidget>

#include <optional>

class QBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class EmptyState;
class HexForm;
class HexView;
class LargeText;
class NoticeBar;
class Segments;
class TextPane;
class TextView;

/** A body in one of its forms. What is shown first goes by the type; what the user chose stays as long as it fits.
    A large body is shown as text or octets first, and laid out only when asked for. */
class BodyView : public QWidget
{
    Q_OBJECT

public:
    /// In the order of the bar.
    enum class Form
    {
        Pretty,
        Tree,
        Fields,
        Parts,
        Stream,
        Image,
        Text,
        Hex
    };

    explicit BodyView(QWidget *parent = nullptr);

    /// \a isGrown: it is the body shown before, with more at its end.
    void setBody(const BodySource &source, bool isGrown);
    const BodySource &body() const;
    void setEmptyText(const QString &text); ///< Shown for a body without octets.

    /// Puts a control at the start of the bar above the body.
    void setLeading(QWidget *control);

    Form form() const;
    bool isOffered(Form form) const;
    bool isWorking() const; ///< A form is being made; formShown() follows.
    TextView *textView() const;
    LargeText *largeText() const;
    HexView *hexView() const;
    BodyForm *formOf(Form form) const;
    QString notice() const;
    QString info() const; ///< What the bar says of the body.

public Q_SLOTS:
    void showForm(headrace::ui::BodyView::Form form);
    void formatAnyway();
    void copyBody();
    void saveBody();

Q_SIGNALS:
    void formShown(headrace::ui::BodyView::Form form);

private:
    QWidget *makeBar();
    void addForm(Form form, BodyForm *made);
    Form firstForm() const;
    void offerForms();
    void refresh(bool isGrown);
    void takeShown(Form form, const BodyForm::Report &report);
    void showInfo(const QString &extra = {});
    void showNotice(const QString &error = {});

    BodySource m_source;
    exchange::BodyKind m_kind = exchange::BodyKind::Empty;
    Form m_form = Form::Pretty;
    std::optional<Form> m_chosen; ///< By the user.
    bool m_allowsLarge = false;
    bool m_isWorking = false;
    QList<BodyForm *> m_forms; ///< By Form.

    QBoxLayout *m_bar = nullptr;
    Segments *m_choice = nullptr;
    QLabel *m_info = nullptr;
    QToolButton *m_cancel = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    NoticeBar *m_notice;
    QStackedWidget *m_stack;
    TextPane *m_text;
    HexForm *m_hex;
    EmptyState *m_empty;
};

} // namespace headrace::ui
