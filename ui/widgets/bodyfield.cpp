#include "widgets/bodyfield.h"

#include "fields/keptfile.h"
#include "fields/problemlabel.h"
#include "inspector/bodyadapter.h"
#include "inspector/hexview.h"
#include "shell/format.h"
#include "text/textview.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStringDecoder>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr qint64 MostOctets = 64 * 1024 * 1024; // of a file that becomes a body

enum Page
{
    TextPage,
    OctetsPage
};

Language languageOf(const QByteArray &contentType, const QByteArray &body)
{
    return ui::languageOf(exchange::bodyKindOf(contentType, body));
}

} // namespace

BodyField::BodyField(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextView(this))
    , m_hex(new HexView(this))
    , m_pages(new QStackedWidget(this))
    , m_note(new QLabel(this))
    , m_decode(new QToolButton(this))
    , m_replace(new QToolButton(this))
    , m_load(new QToolButton(this))
    , m_problem(new ProblemLabel(this))
{
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_decode->setText(tr("Decode"));
    m_replace->setText(tr("Replace by text"));
    m_replace->setToolTip(tr("Gives up the octets and begins an empty text"));
    m_load->setText(tr("From a file…"));
    m_load->setToolTip(tr("Puts the content of a file in the place of the body"));
    m_problem->setContentsMargins(8, 0, 8, 4);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_hex);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 2, 4, 2);
    bar->setSpacing(0);
    bar->addWidget(m_note, 1);
    for (QToolButton *button : { m_decode, m_replace, m_load }) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        bar->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_problem);
    layout->addWidget(m_pages, 1);

    connect(m_text, &TextView::textChanged, this, [this] {
        showState();
        Q_EMIT changed();
    });
    connect(m_decode, &QToolButton::clicked, this, &BodyField::decodeRequested);
    connect(m_replace, &QToolButton::clicked, this, &BodyField::replaceByText);
    connect(m_load, &QToolButton::clicked, this, &BodyField::chooseFile);
    setLabel(tr("Body"));
    showState();
}

QByteArray BodyField::body() const { return m_isBinary ? m_octets : m_text->text().toUtf8(); }

void BodyField::setBody(const QByteArray &body, const QByteArray &contentType)
{
    m_problem->setProblem({});
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(body);
    m_isBinary = utf8.hasError() || text.toUtf8() != body;
    m_octets = m_isBinary ? body : QByteArray();
    m_hex->setOctets(m_octets);
    {
        const QSignalBlocker blocker(m_text);
        m_text->setContent(m_isBinary ? QString() : text, languageOf(contentType, body));
    }
    showState();
}

void BodyField::setContentType(const QByteArray &contentType)
{
    if (!m_isBinary)
        m_text->setLanguage(languageOf(contentType, body().left(1024)));
}

void BodyField::setCoding(const QString &coding)
{
    m_coding = coding;
    m_decode->setText(tr("Decode %1").arg(coding));
    m_decode->setToolTip(tr("Takes the coding off: the body goes on as what it stands for, and "
                            "without its Content-Encoding"));
    showState();
}

void BodyField::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    m_text->setReadOnly(isReadOnly);
    showState();
}

void BodyField::setLabel(const QString &label)
{
    m_text->setLabel(label);
    m_hex->setAccessibleName(tr("%1 as octets").arg(label));
}

void BodyField::setProblem(const QString &message) { m_problem->setProblem(message); }

bool BodyField::loadFile(const QString &path)
{
    KeptFile file(path);
    QByteArray octets;
    if (QFileInfo(path).size() > MostOctets) {
        m_problem->setProblem(tr("%1 is larger than %2").arg(path, formatOctets(MostOctets)));
        return false;
    }
    if (!file.read(&octets)) {
        m_problem->setProblem(tr("%1 cannot be read: %2").arg(path, file.problem()));
        return false;
    }
    setBody(octets, {});
    Q_EMIT changed();
    return true;
}

void BodyField::chooseFile()
{
    auto *dialog = new QFileDialog(window(), tr("Choose the body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BodyField::loadFile);
    dialog->open();
}

void BodyField::replaceByText()
{
    setBody({}, {});
    m_text->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

void BodyField::showState()
{
    m_pages->setCurrentIndex(m_isBinary ? OctetsPage : TextPage);
    setFocusProxy(m_isBinary ? static_cast<QWidget *>(m_hex) : m_text);
    m_replace->setVisible(m_isBinary && !m_isReadOnly);
    m_load->setVisible(!m_isReadOnly);
    m_decode->setVisible(!m_coding.isEmpty() && !m_isReadOnly);
    m_note->setText(m_isBinary
            ? tr("%1 that are not text; they go on as they are").arg(formatOctets(m_octets.size()))
            : m_text->isEmpty() ? tr("Empty")
                                : formatOctets(m_text->octetCount()));
}

} // namespace headrace::ui
