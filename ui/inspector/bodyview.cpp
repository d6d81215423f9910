#include "inspector/bodyview.h"

#include "inspector/hexview.h"
#include "inspector/imageview.h"
#include "shell/emptystate.h"
#include "shell/format.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "shell/segments.h"
#include "text/textview.h"

#include <QAbstractScrollArea>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QSaveFile>
#include <QScrollBar>
#include <QStackedWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::BodyKind;

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_notice(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_text(new TextView(this))
    , m_hex(new HexView(this))
    , m_image(new ImageView(this))
    , m_empty(new EmptyState(this))
{
    m_text->setReadOnly(true);
    m_text->setLabel(tr("Body"));
    for (QWidget *page : std::initializer_list<QWidget *> { m_text, m_hex, m_image, m_empty })
        m_stack->addWidget(page);
    m_stack->setCurrentWidget(m_empty);
    connect(m_notice, &NoticeBar::buttonClicked, this, &BodyView::formatAnyway);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);
}

QWidget *BodyView::makeBar()
{
    auto *bar = new QWidget(this);
    m_forms = new Segments({ tr("Pretty"), tr("Text"), tr("Hex"), tr("Image") }, bar);
    m_forms->setAccessibleName(tr("How to show the body"));
    connect(m_forms, &Segments::clicked, this, [this](int index) {
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
    m_copy = makeButton(
        QStringLiteral("copy"), tr("Copy the body as it is shown"), &BodyView::copyBody);
    m_save = makeButton(QStringLiteral("save"), tr("Save the body to a file"), &BodyView::saveBody);

    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_forms);
    layout->addSpacing(4);
    layout->addWidget(m_info, 1);
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
    const bool isSame = isGrown && source.octets.size() == m_source.octets.size()
        && source.total == m_source.total && source.contentType == m_source.contentType
        && source.contentEncoding == m_source.contentEncoding && source.remark == m_source.remark;
    if (isSame)
        return;
    m_source = source;
    m_kind = kindOf(source);
    if (!isGrown)
        m_allowsLarge = false;
    for (const Form form : { Form::Pretty, Form::Text, Form::Hex, Form::Image })
        m_forms->setSegmentEnabled(int(form), isOffered(form));
    const bool keepsChoice = m_chosen && isOffered(*m_chosen);
    m_form = keepsChoice ? *m_chosen : firstForm();
    refresh();
}

void BodyView::setEmptyText(const QString &text) { m_empty->setText(text); }

BodyView::Form BodyView::form() const { return m_form; }

bool BodyView::isWorking() const { return m_isWorking; }

TextView *BodyView::textView() const { return m_text; }

HexView *BodyView::hexView() const { return m_hex; }

QString BodyView::notice() const { return m_notice->text(); }

void BodyView::showForm(Form form)
{
    if (!isOffered(form))
        return;
    m_form = form;
    refresh();
}

void BodyView::formatAnyway()
{
    m_allowsLarge = true;
    if (m_form == Form::Hex)
        m_form = hasPrettyForm(m_kind) ? Form::Pretty : Form::Text;
    refresh();
}

BodyView::Form BodyView::firstForm() const
{
    if (m_kind == BodyKind::Image)
        return Form::Image;
    const bool isLarge = m_source.octets.size() > LargeFrom && !m_allowsLarge;
    if (m_kind == BodyKind::Binary || isLarge)
        return Form::Hex;
    return hasPrettyForm(m_kind) ? Form::Pretty : Form::Text;
}

bool BodyView::isOffered(Form form) const
{
    if (m_source.octets.isEmpty())
        return false;
    switch (form) {
    case Form::Pretty:
        return hasPrettyForm(m_kind);
    case Form::Image:
        return m_kind == BodyKind::Image || m_source.contentType.startsWith("image/");
    case Form::Text:
    case Form::Hex:
        break;
    }
    return true;
}

void BodyView::refresh()
{
    m_forms->setCurrent(int(m_form));
    const bool isEmpty = m_source.octets.isEmpty();
    m_forms->setEnabled(!isEmpty);
    m_copy->setEnabled(!isEmpty);
    m_save->setEnabled(!isEmpty);
    ++m_generation; // What is still being made is for another body or form.
    m_isWorking = false;
    showInfo();
    showNotice();
    if (isEmpty) {
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    if (m_form == Form::Hex) {
        m_hex->setOctets(m_source.octets);
        m_stack->setCurrentWidget(m_hex);
        Q_EMIT formShown(m_form);
        return;
    }
    // Asking for text by hand is asking for it anyway.
    if (m_form != Form::Image && m_source.octets.size() > LargeFrom)
        m_allowsLarge = m_allowsLarge || m_chosen == m_form;
    startWork();
}

void BodyView::startWork()
{
    m_isWorking = true;
    if (m_source.octets.size() > LargeFrom)
        showInfo(tr("working…"));
    QThreadPool::globalInstance()->start(
        [view = QPointer(this), source = m_source, form = m_form, generation = m_generation] {
            Result result;
            if (form == Form::Image)
                result.image = readImage(source.octets, &result.imageFormat, &result.imageError);
            else
                result.text = form == Form::Pretty ? prettyText(source) : plainText(source);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [view, generation, result] {
                    if (view)
                        view->finishWork(generation, result);
                },
                Qt::QueuedConnection);
        });
}

void BodyView::finishWork(quint64 generation, const Result &result)
{
    if (generation != m_generation)
        return;
    m_isWorking = false;
    if (m_form == Form::Image) {
        if (result.image.isNull()) {
            // The octets are still worth seeing.
            m_form = Form::Hex;
            m_forms->setCurrent(int(m_form));
            m_hex->setOctets(m_source.octets);
            m_stack->setCurrentWidget(m_hex);
            showNotice(result.imageError);
        } else {
            m_image->setImage(result.image);
            m_stack->setCurrentWidget(m_image);
            showInfo(tr("%1 × %2 %3")
                         .arg(result.image.width())
                         .arg(result.image.height())
                         .arg(result.imageFormat));
        }
    } else {
        showText(result.text);
    }
    Q_EMIT formShown(m_form);
}

void BodyView::showText(const BodyText &text)
{
    // The view starts at the top with a new text; a body that grows should stay where it was read.
    auto *area = m_text->findChild<QAbstractScrollArea *>();
    const int position = area ? area->verticalScrollBar()->value() : 0;
    const bool continues = text.text.startsWith(m_text->text()) && !m_text->isEmpty();
    if (m_text->text() != text.text || m_text->language() != text.language)
        m_text->setContent(text.text, text.language);
    if (continues && area)
        area->verticalScrollBar()->setValue(position);
    m_stack->setCurrentWidget(m_text);
    showInfo();
    showNotice(text.error);
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
    if (m_source.total > m_source.octets.size() && !m_source.octets.isEmpty())
        parts += tr("Cut: only the first %1 of %2 octets were kept.")
                     .arg(formatCount(m_source.octets.size()), formatCount(m_source.total));
    if (!m_source.contentEncoding.isEmpty() && m_source.contentEncoding != "identity")
        parts
            += tr("Encoded as %1; shown as it passed.").arg(displayText(m_source.contentEncoding));
    for (const QString &part : { m_source.remark, error }) {
        if (!part.isEmpty())
            parts += part;
    }
    const bool isText = m_kind != BodyKind::Binary && m_kind != BodyKind::Image;
    if (m_source.octets.size() > LargeFrom && !m_allowsLarge && isText && m_form == Form::Hex) {
        parts
            += tr("The body is large (%1) and was not laid out.").arg(formatOctets(m_source.total));
        button = tr("Format anyway");
    }
    m_notice->setNotice(Theme::Tone::ClientError, parts.join(u' '), button);
}

void BodyView::copyBody()
{
    if (m_form == Form::Image)
        QGuiApplication::clipboard()->setImage(m_image->image());
    else if (m_form == Form::Hex)
        QGuiApplication::clipboard()->setText(QString::fromLatin1(m_source.octets.toHex(' ')));
    else
        QGuiApplication::clipboard()->setText(m_text->text());
}

void BodyView::saveBody()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the body"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool isSaved = file.open(QIODevice::WriteOnly)
        && file.write(m_source.octets) == m_source.octets.size() && file.commit();
    if (!isSaved)
        m_notice->setNotice(Theme::Tone::Failed,
            tr("The body could not be saved to %1: %2.").arg(path, file.errorString()));
}

} // namespace headrace::ui
