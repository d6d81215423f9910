#include "inspector/bodyview.h"

#include "inspector/formfieldsform.h"
#include "inspector/hexform.h"
#include "inspector/hexview.h"
#include "inspector/imageform.h"
#include "inspector/jsontreeform.h"
#include "inspector/partsform.h"
#include "inspector/streamform.h"
#include "inspector/textform.h"
#include "inspector/textpane.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "shell/segments.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::BodyKind;

namespace {

constexpr qint64 PieceOctets = 1024 * 1024;

} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_notice(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_text(new TextPane(this))
    , m_hex(new HexForm(m_stack))
    , m_empty(new EmptyState(this))
{
    addForm(Form::Pretty, new TextForm(TextForm::Layout::Pretty, m_text, this));
    addForm(Form::Tree, new JsonTreeForm(m_stack));
    addForm(Form::Fields, new FormFieldsForm(m_stack));
    addForm(Form::Parts, new PartsForm(m_stack));
    addForm(Form::Stream, new StreamForm(m_stack));
    addForm(Form::Image, new ImageForm(m_stack));
    addForm(Form::Text, new TextForm(TextForm::Layout::AsItCame, m_text, this));
    addForm(Form::Hex, m_hex);
    m_stack->addWidget(m_empty);
    m_stack->setCurrentWidget(m_empty);
    connect(m_notice, &NoticeBar::buttonClicked, this, &BodyView::formatAnyway);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
}

void BodyView::addForm(Form form, BodyForm *made)
{
    Q_ASSERT(int(form) == m_forms.size());
    m_forms += made;
    if (m_stack->indexOf(made->widget()) < 0)
        m_stack->addWidget(made->widget());
    connect(made, &BodyForm::shown, this,
        [this, form](const BodyForm::Report &report) { takeShown(form, report); });
    connect(made, &BodyForm::reported, this, [this, form](const BodyForm::Report &report) {
        if (form != m_form || m_isWorking)
            return;
        showInfo(report.info);
        showNotice(report.error);
    });
}

QWidget *BodyView::makeBar()
{
    auto *bar = new QWidget(this);
    QStringList titles;
    for (const BodyForm *form : std::as_const(m_forms))
        titles += form->title();
    m_choice = new Segments(titles, bar);
    m_choice->setAccessibleName(tr("How to show the body"));
    connect(m_choice, &Segments::clicked, this, [this](int index) {
        m_chosen = Form(index);
        showForm(Form(index));
    });
    m_info = new QLabel(bar);
    m_info->setForegroundRole(QPalette::PlaceholderText);
    const auto makeButton = [this, bar](const QString &iconName, const QString &text, auto slot) {
        auto *button = new QToolButton(bar);
        button->setIcon(icon(iconName));
        button->setAutoRaise(true);
        button->setToolTip(text);
        button->setAccessibleName(text);
        connect(button, &QToolButton::clicked, this, slot);
        return button;
    };
    m_cancel = makeButton(QStringLiteral("cancel"), tr("Cancel, and show the octets"),
        [this] { showForm(Form::Hex); });
    m_cancel->hide();
    m_copy = makeButton(
        QStringLiteral("copy"), tr("Copy the body as it is shown"), &BodyView::copyBody);
    m_save = makeButton(QStringLiteral("save"), tr("Save the body to a file"), &BodyView::saveBody);

    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_choice);
    layout->addSpacing(4);
    layout->addWidget(m_info, 1);
    layout->addWidget(m_cancel);
    layout->addWidget(m_copy);
    layout->addWidget(m_save);
    m_bar = layout;
    return bar;
}

void BodyView::setLeading(QWidget *control)
{
    auto *line = new QWidget(this);
    line->setFixedSize(1, 16);
    line->setBackgroundRole(QPalette::Mid);
    line->setAutoFillBackground(true);
    m_bar->insertWidget(0, control);
    m_bar->insertSpacing(1, 4);
    m_bar->insertWidget(2, line);
    m_bar->insertSpacing(3, 4);
}

void BodyView::setBody(const BodySource &source, bool isGrown)
{
    const bool isSame = isGrown && source.size() == m_source.size()
        && source.total == m_source.total && source.contentType == m_source.contentType
        && source.contentEncoding == m_source.contentEncoding && source.remark == m_source.remark
        && source.isComplete == m_source.isComplete;
    if (isSame)
        return;
    const Form before = m_form;
    m_source = source;
    m_kind = kindOf(source);
    if (!isGrown)
        m_allowsLarge = false;
    offerForms();
    const bool keepsChoice = m_chosen && isOffered(*m_chosen);
    m_form = keepsChoice ? *m_chosen : firstForm();
    refresh(isGrown && m_form == before);
}

const BodySource &BodyView::body() const { return m_source; }

void BodyView::setEmptyText(const QString &text) { m_empty->setText(text); }

BodyView::Form BodyView::form() const { return m_form; }

bool BodyView::isWorking() const { return m_isWorking; }

TextView *BodyView::textView() const { return m_text->small(); }

LargeText *BodyView::largeText() const { return m_text->large(); }

HexView *BodyView::hexView() const { return m_hex->view(); }

BodyForm *BodyView::formOf(Form form) const { return m_forms.at(int(form)); }

QString BodyView::notice() const { return m_notice->text(); }

QString BodyView::info() const { return m_info->text(); }

void BodyView::showForm(Form form)
{
    if (!isOffered(form))
        return;
    m_form = form;
    refresh(false);
}

void BodyView::formatAnyway()
{
    m_allowsLarge = true;
    m_form = firstForm();
    refresh(false);
}

BodyView::Form BodyView::firstForm() const
{
    // Made for such a body, and quick whatever its size.
    for (const Form form : { Form::Fields, Form::Parts, Form::Stream }) {
        if (isOffered(form))
            return form;
    }
    const bool mayTakeLong = m_source.isLarge() && !m_allowsLarge;
    for (const Form form : { Form::Image, Form::Pretty }) {
        if (isOffered(form) && m_kind != BodyKind::Binary && !mayTakeLong)
            return form;
    }
    if (m_kind == BodyKind::Image)
        return Form::Image;
    return m_kind == BodyKind::Binary ? Form::Hex : Form::Text;
}

bool BodyView::isOffered(Form form) const
{
    return !m_source.isEmpty() && formOf(form)->isOffered(m_source, m_kind);
}

void BodyView::offerForms()
{
    for (int i = 0; i < m_forms.size(); ++i)
        m_choice->setSegmentVisible(i, m_source.isEmpty() || isOffered(Form(i)));
}

void BodyView::refresh(bool isGrown)
{
    m_choice->setCurrent(int(m_form));
    const bool isEmpty = m_source.isEmpty();
    m_choice->setVisible(!isEmpty);
    m_copy->setEnabled(!isEmpty);
    m_save->setEnabled(!isEmpty);
    for (BodyForm *form : std::as_const(m_forms))
        form->cancel(); // What is still being made is for another body or form.
    m_isWorking = !isEmpty;
    if (!isGrown || isEmpty) {
        showInfo();
        showNotice();
    }
    if (isEmpty) {
        m_stack->setCurrentWidget(m_empty);
        m_cancel->hide();
        return;
    }
    // Asking for it by hand is asking for it anyway.
    m_allowsLarge = m_allowsLarge || (m_source.isLarge() && m_form == Form::Pretty);
    formOf(m_form)->show(m_source, isGrown);
    const bool isLong = m_isWorking && m_source.isLarge() && !isGrown;
    m_cancel->setVisible(isLong);
    if (isLong)
        showInfo(tr("working…"));
}

void BodyView::takeShown(Form form, const BodyForm::Report &report)
{
    if (form != m_form)
        return;
    m_isWorking = false;
    m_cancel->hide();
    if (report.isFailed) {
        // The octets are still worth seeing.
        m_form = Form::Hex;
        m_choice->setCurrent(int(m_form));
        m_hex->view()->setSource(m_source.octets);
    }
    m_stack->setCurrentWidget(formOf(m_form)->widget());
    showInfo(report.info);
    showNotice(report.error);
    Q_EMIT formShown(m_form);
}

void BodyView::showInfo(const QString &extra)
{
    QStringList parts;
    if (!m_source.contentType.isEmpty())
        parts += displayText(m_source.contentType);
    if (m_source.total > 0)
        parts += tr("%1 B").arg(formatCount(m_source.total));
    if (!extra.isEmpty())
        parts += extra;
    m_info->setText(parts.join(QStringLiteral(" · ")));
    m_info->setToolTip(m_info->text());
}

void BodyView::showNotice(const QString &error)
{
    QStringList parts;
    QString button;
    if (m_source.total > m_source.size() && !m_source.isEmpty() && m_source.isComplete)
        parts += tr("Cut: only the first %1 of %2 octets were kept.")
                     .arg(formatCount(m_source.size()), formatCount(m_source.total));
    if (m_source.isPacked())
        parts
            += tr("Encoded as %1; shown as it passed.").arg(displayText(m_source.contentEncoding));
    for (const QString &part : { m_source.remark, error }) {
        if (!part.isEmpty())
            parts += part;
    }
    const bool isPlain = m_form == Form::Text || m_form == Form::Hex;
    if (m_source.isLarge() && !m_allowsLarge && isPlain && isOffered(Form::Pretty)
        && m_source.isComplete) {
        parts
            += tr("The body is large (%1) and was not laid out.").arg(formatOctets(m_source.total));
        button = tr("Format anyway");
    }
    m_notice->setNotice(Theme::Tone::ClientError, parts.join(u' '), button);
}

void BodyView::copyBody() { formOf(m_form)->copy(); }

void BodyView::saveBody()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the body"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    bool isSaved = file.open(QIODevice::WriteOnly);
    for (qint64 at = 0; isSaved && at < m_source.size(); at += PieceOctets) {
        const QByteArray piece = m_source.octets->read(at, PieceOctets);
        isSaved = !piece.isEmpty() && file.write(piece) == piece.size();
    }
    if (!isSaved || !file.commit())
        m_notice->setNotice(Theme::Tone::Failed,
            tr("The body could not be saved to %1: %2.").arg(path, file.errorString()));
}

} // namespace headrace::ui
