#include "traffic/noteeditor.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace headrace::ui {

namespace {

constexpr int NarrowestEditor = 360;
constexpr int LongestNote = 2000; // Characters; it is a line in a list, not a document.

} // namespace

NoteEditor::NoteEditor(const QString &note, const QString &hint, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_edit(new QLineEdit(note, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    m_edit->setMaxLength(LongestNote);
    m_edit->setPlaceholderText(hint);
    m_edit->setAccessibleName(tr("Note"));
    m_edit->setClearButtonEnabled(true);
    m_edit->selectAll();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        Q_EMIT accepted(m_edit->text().trimmed());
        close();
    });
}

void NoteEditor::open(const QRect &place)
{
    resize(qMax(NarrowestEditor, place.width()), sizeHint().height());
    move(place.right() - width(), place.bottom() + 1);
    show();
    m_edit->setFocus();
}

} // namespace headrace::ui
