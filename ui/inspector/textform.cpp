#include "inspector/textform.h"

#include "inspector/textpane.h"

namespace headrace::ui {

using exchange::BodyKind;

TextForm::TextForm(Layout layout, TextPane *pane, QObject *parent)
    : BodyForm(parent)
    , m_layout(layout)
    , m_pane(pane)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

TextForm::~TextForm() { *m_isCanceled = true; }

QString TextForm::title() const { return m_layout == Layout::Pretty ? tr("Pretty") : tr("Text"); }

QWidget *TextForm::widget() const { return m_pane; }

bool TextForm::isOffered(const BodySource &source, BodyKind kind) const
{
    if (m_layout == Layout::AsItCame)
        return true;
    return hasPrettyForm(kind) && (kind == BodyKind::Json || source.size() <= MostLaidOut);
}

void TextForm::show(const BodySource &source, bool isGrown)
{
    cancel();
    if (source.isLarge())
        showLarge(source, isGrown);
    else
        showSmall(source);
}

void TextForm::showSmall(const BodySource &source)
{
    m_background.run(
        [source, layout = m_layout] {
            return layout == Layout::Pretty ? prettyText(source) : plainText(source);
        },
        [this, flag = m_isCanceled](const BodyText &text) {
            if (*flag)
                return;
            m_pane->showText(text);
            Q_EMIT shown({ {}, text.error, false });
        });
}

void TextForm::showLarge(const BodySource &source, bool isGrown)
{
    m_background.run(
        [source, layout = m_layout, flag = m_isCanceled] {
            return layout == Layout::Pretty ? largePrettyText(source, *flag)
                                            : largePlainText(source, *flag);
        },
        [this, isGrown, flag = m_isCanceled](const LargeBodyText &text) {
            if (*flag || !text.octets)
                return;
            m_pane->showLarge(text, isGrown && m_layout == Layout::AsItCame);
            Q_EMIT shown({ {}, text.error, false });
        });
}

void TextForm::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
}

void TextForm::copy() { m_pane->copy(); }

} // namespace headrace::ui
