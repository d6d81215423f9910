#pragma once

#include "inspector/bodyadapter.h"

#include <QImage>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class EmptyState;
class HexView;
class ImageView;
class NoticeBar;
class Segments;
class TextView;

/** A body as laid out text, plain text, octets or a picture. What is shown first goes by the type; what the
    user chose stays as long as it fits. Layout and decoding happen in another thread; a large body is shown
    as octets first, and laid out only when asked for. */
class BodyView : public QWidget
{
    Q_OBJECT

public:
    enum class Form
    {
        Pretty,
        Text,
        Hex,
        Image
    };

    /// Larger bodies are not laid out or decoded unasked. Unit: octets.
    static constexpr qsizetype LargeFrom = 2 * 1024 * 1024;

    explicit BodyView(QWidget *parent = nullptr);

    /// \a isGrown: it is the body shown before, with more at its end.
    void setBody(const BodySource &source, bool isGrown);
    void setEmptyText(const QString &text); ///< Shown for a body without octets.

    /// Puts a control at the start of the bar above the body.
    void setLeading(QWidget *control);

    Form form() const;
    bool isWorking() const; ///< A layout is being made; formShown() follows.
    TextView *textView() const;
    HexView *hexView() const;
    QString notice() const;

public Q_SLOTS:
    void showForm(headrace::ui::BodyView::Form form);
    void formatAnyway();
    void copyBody();
    void saveBody();

Q_SIGNALS:
    void formShown(headrace::ui::BodyView::Form form);

private:
    struct Result
    {
        BodyText text;
        QImage image;
        QString imageFormat;
        QString imageError;
    };

    QWidget *makeBar();
    Form firstForm() const;
    bool isOffered(Form form) const;
    void refresh();
    void startWork();
    void finishWork(quint64 generation, const Result &result);
    void showText(const BodyText &text);
    void showInfo(const QString &extra = {});
    void showNotice(const QString &error = {});

    BodySource m_source;
    exchange::BodyKind m_kind = exchange::BodyKind::Empty;
    Form m_form = Form::Pretty;
    std::optional<Form> m_chosen; ///< By the user.
    bool m_allowsLarge = false;
    quint64 m_generation = 0; ///< Of the work that is waited for.
    bool m_isWorking = false;

    QBoxLayout *m_bar = nullptr;
    Segments *m_forms = nullptr;
    QLabel *m_info = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    NoticeBar *m_notice;
    QStackedWidget *m_stack;
    TextView *m_text;
    HexView *m_hex;
    ImageView *m_image;
    EmptyState *m_empty;
};

} // namespace headrace::ui
