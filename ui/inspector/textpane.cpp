#include "inspector/textpane.h"

#include "text/largetext.h"
#include "text/largetextview.h"
#include "text/textview.h"

#include <QAbstractScrollArea>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

namespace headrace::ui {

namespace {

constexpr qint64 CopyLimit = 16 * 1024 * 1024;

} // namespace

TextPane::TextPane(QWidget *parent)
    : QStackedWidget(parent)
    , m_small(new TextView(this))
    , m_large(new LargeText(this))
{
    m_small->setReadOnly(true);
    m_small->setLabel(tr("Body"));
    m_large->view()->setAccessibleName(tr("Body"));
    addWidget(m_small);
    addWidget(m_large);
}

void TextPane::showText(const BodyText &text)
{
    // The view starts at the top with a new text; a body that grows should stay where it was read.
    auto *area = m_small->findChild<QAbstractScrollArea *>();
    const int position = area ? area->verticalScrollBar()->value() : 0;
    const QString before = m_small->text();
    const bool continues = text.text.startsWith(before) && !before.isEmpty();
    if (before != text.text || m_small->language() != text.language)
        m_small->setContent(text.text, text.language);
    if (continues && area)
        area->verticalScrollBar()->setValue(position);
    setCurrentWidget(m_small);
}

void TextPane::showLarge(const LargeBodyText &text, bool isGrown)
{
    m_large->setSource(text.octets, text.encoding, isGrown && currentWidget() == m_large);
    setCurrentWidget(m_large);
    m_small->setContent({}); // it is not in sight, and need not be in memory
}

void TextPane::copy()
{
    QString text = m_small->text();
    if (currentWidget() == m_large) {
        const auto &source = m_large->view()->source();
        const QByteArray octets = source ? source->read(0, CopyLimit) : QByteArray();
        text = QString::fromUtf8(octets);
    }
    QGuiApplication::clipboard()->setText(text);
}

TextView *TextPane::small() const { return m_small; }

LargeText *TextPane::large() const { return m_large; }

} // namespace headrace::ui
