#include "composer/bodyeditor.h"

#include "composer/formeditor.h"
#include "fields/problemlabel.h"
#include "inspector/hexview.h"
#include "shell/format.h"
#include "shell/segments.h"
#include "shell/theme.h"
#include "text/textview.h"

#include <exchange/bodyformat.h>
#include <session/preparedrequest.h>

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace headrace::ui {

namespace {

enum Page
{
    NonePage,
    TextPage,
    FilePage,
    FormPage,
    OctetsPage
};

Page pageOf(BodyEditor::Kind kind)
{
    switch (kind) {
    case BodyEditor::Kind::None:
        break;
    case BodyEditor::Kind::Text:
    case BodyEditor::Kind::Json:
        return TextPage;
    case BodyEditor::Kind::File:
        return FilePage;
    case BodyEditor::Kind::Form:
        return FormPage;
    case BodyEditor::Kind::Octets:
        return OctetsPage;
    }
    return NonePage;
}

constexpr qint64 CheckLimit = 512 * 1024; // checked with each key

} // namespace

BodyEditor::BodyEditor(QWidget *parent)
    : QWidget(parent)
    , m_kinds(new Segments(
          { tr("None"), tr("Text"), tr("JSON"), tr("File"), tr("Form"), tr("Octets") }, this))
    , m_pages(new QStackedWidget(this))
    , m_text(new TextView(this))
    , m_form(new FormEditor(this))
    , m_octets(new HexView(this))
    , m_note(new QLabel(this))
    , m_addType(new QToolButton(this))
    , m_formatButton(new QToolButton(this))
{
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 4, 4, 4);
    bar->setSpacing(8);
    m_kinds->setAccessibleName(tr("Kind of body"));
    bar->addWidget(m_kinds);
    bar->addStretch(1);
    bar->addWidget(m_note);
    bar->addWidget(m_addType);

    m_format = new QAction(tr("Lay out JSON"), this);
    m_format->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_format->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_format->setToolTip(tr("Indent the JSON; order and spelling stay (Ctrl+Shift+F)"));
    connect(m_format, &QAction::triggered, this, &BodyEditor::format);
    addAction(m_format);
    m_formatButton->setDefaultAction(m_format);
    m_formatButton->setAutoRaise(true);
    bar->addWidget(m_formatButton);

    m_choose = new QAction(tr("Choose a body file…"), this);
    m_choose->setToolTip(tr("Choose the file that is sent as body"));
    connect(m_choose, &QAction::triggered, this, &BodyEditor::chooseFile);
    addAction(m_choose);

    m_addType->setAutoRaise(true);
    m_addType->setText(tr("Add Content-Type"));
    connect(m_addType, &QToolButton::clicked, this, [this] {
        Q_EMIT contentTypeRequested(
            kind() == Kind::Json ? "application/json" : "text/plain; charset=utf-8");
    });

    auto *none = new QLabel(tr("This request has no body."), this);
    none->setAlignment(Qt::AlignCenter);
    none->setForegroundRole(QPalette::PlaceholderText);
    m_text->setLabel(tr("Request body"));
    m_pages->addWidget(none);
    m_pages->addWidget(m_text);
    m_pages->addWidget(makeFilePage());
    m_pages->addWidget(m_form);
    m_octets->setFrameShape(QFrame::NoFrame);
    m_octets->setAccessibleName(tr("Octets of the request body"));
    m_pages->addWidget(m_octets);
    m_kinds->setSegmentToolTip(
        int(Kind::Form), tr("Parts with names and files, as a browser's form sends them"));
    m_kinds->setSegmentToolTip(int(Kind::Octets),
        tr("Octets that came with a recorded request or a pasted command, and are no text"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_pages, 1);

    setBody({});
    connect(m_kinds, &Segments::currentChanged, this,
        [this](int kind) { setKind(static_cast<Kind>(kind)); });
    connect(m_text, &TextView::textChanged, this, &BodyEditor::update);
    connect(m_file, &QLineEdit::textChanged, this, &BodyEditor::update);
    connect(m_form, &FormEditor::changed, this, &BodyEditor::update);
}

QWidget *BodyEditor::makeFilePage()
{
    auto *page = new QWidget(this);
    m_file = new QLineEdit(page);
    m_file->setFont(Theme::fixedFont());
    m_file->setPlaceholderText(tr("Path of the file to send"));
    m_file->setAccessibleName(tr("Body file"));
    auto *choose = new QPushButton(tr("Choose…"), page);
    choose->setToolTip(m_choose->toolTip());
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, m_choose, &QAction::trigger);
    m_fileSize = new QLabel(page);
    m_fileSize->setForegroundRole(QPalette::PlaceholderText);
    m_fileProblem = new ProblemLabel(page);

    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_file, 1);
    line->addWidget(choose);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_fileProblem);
    layout->addWidget(m_fileSize);
    layout->addStretch(1);
    return page;
}

BodyEditor::Kind BodyEditor::kind() const { return static_cast<Kind>(m_kinds->current()); }

QString BodyEditor::filePath() const { return m_file->text(); }

void BodyEditor::setBody(const session::RequestDraft &draft)
{
    m_file->setText(draft.filePath);
    m_text->setContent(draft.text, draft.bodyKind == Kind::Json ? Language::Json : Language::Plain);
    m_form->setParts(draft.parts);
    m_octets->setOctets(draft.octets);
    m_kinds->setSegmentEnabled(int(Kind::Octets), !draft.octets.isEmpty());
    m_kinds->setCurrent(static_cast<int>(draft.bodyKind));
    setKind(draft.bodyKind);
}

void BodyEditor::addTo(session::RequestDraft &draft) const
{
    draft.bodyKind = kind();
    draft.text = m_text->text();
    draft.filePath = filePath();
    draft.parts = m_form->parts();
    draft.octets = m_octets->octets();
}

qint64 BodyEditor::size() const
{
    switch (kind()) {
    case Kind::None:
        return 0;
    case Kind::Text:
    case Kind::Json:
        return m_text->octetCount();
    case Kind::Octets:
        return m_octets->octets().size();
    case Kind::Form: {
        session::RequestDraft form;
        form.url = QStringLiteral("http://form/"); // the size is the same for any
        addTo(form);
        return session::prepare(form).bodyOctets;
    }
    case Kind::File: {
        const QFileInfo file(filePath());
        return file.isFile() ? file.size() : -1;
    }
    }
    return -1;
}

void BodyEditor::setProblem(const QString &message, int part)
{
    m_form->setProblem(part, kind() == Kind::Form ? message : QString());
    if (kind() == Kind::Form)
        return;
    m_fileProblem->setProblem(message);
    m_fileSize->setVisible(message.isEmpty());
    markInvalid(m_file, !message.isEmpty());
}

void BodyEditor::setContentTypeMissing(bool isMissing)
{
    m_isTypeMissing = isMissing;
    m_addType->setVisible(isMissing && (kind() == Kind::Json || kind() == Kind::Text));
    m_addType->setToolTip(kind() == Kind::Json
            ? tr("No header says what the body is: add Content-Type: application/json")
            : tr("No header says what the body is: add Content-Type: text/plain"));
    m_addType->setAccessibleName(m_addType->toolTip());
}

void BodyEditor::focusBody()
{
    if (kind() == Kind::File)
        m_file->setFocus();
    else if (kind() == Kind::None)
        m_kinds->setFocus();
    else if (kind() == Kind::Form)
        m_form->setFocus();
    else if (kind() == Kind::Octets)
        m_octets->setFocus();
    else
        m_text->setFocus();
}

QList<QAction *> BodyEditor::bodyActions() const
{
    return QList<QAction *> { m_format, m_choose } + m_form->formActions();
}

void BodyEditor::setKind(Kind kind)
{
    m_text->setLanguage(kind == Kind::Json ? Language::Json : Language::Plain);
    m_pages->setCurrentIndex(pageOf(kind));
    m_format->setEnabled(kind == Kind::Json);
    m_formatButton->setVisible(kind == Kind::Json);
    setContentTypeMissing(m_isTypeMissing);
    update();
}

void BodyEditor::chooseFile()
{
    auto *dialog = new QFileDialog(window(), tr("Body file"), filePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_kinds->setCurrent(static_cast<int>(Kind::File));
        m_file->setText(path);
    });
    dialog->open();
}

void BodyEditor::format()
{
    const exchange::FormattedBody formatted = exchange::formatJson(m_text->text().toUtf8());
    if (formatted.error.isEmpty() && formatted.text != m_text->text())
        m_text->replaceText(formatted.text);
}

void BodyEditor::update()
{
    const qint64 octets = size();
    m_fileSize->setText(octets < 0 ? QString() : formatOctets(octets));
    m_note->setText({});
    m_note->setToolTip({});
    m_note->setForegroundRole(QPalette::PlaceholderText);
    if (kind() != Kind::None && kind() != Kind::File)
        m_note->setText(octets <= 0 ? QString() : formatOctets(octets));
    if (kind() == Kind::Json && octets > 0 && octets <= CheckLimit)
        checkJson();
    Q_EMIT changed();
}

// Broken JSON may be meant; it is told, and sent as it is.
void BodyEditor::checkJson()
{
    const QByteArray octets = m_text->text().toUtf8();
    const exchange::FormattedBody formatted = exchange::formatJson(octets);
    m_format->setEnabled(formatted.error.isEmpty());
    if (formatted.error.isEmpty())
        return;
    const qsizetype line
        = formatted.errorOffset < 0 ? -1 : octets.left(formatted.errorOffset).count('\n') + 1;
    m_note->setText(
        line < 0 ? tr("⚠ not valid JSON") : tr("⚠ not valid JSON in line %1").arg(line));
    m_note->setToolTip(formatted.error);
}

} // namespace headrace::ui
