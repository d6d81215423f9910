#include "traffic/filternamerow.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace headrace::ui {

FilterNameRow::FilterNameRow(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_warning(new QLabel(this))
    , m_accept(new QPushButton(this))
{
    m_name->setAccessibleName(tr("Name of the filter"));
    m_name->setMaxLength(80);
    m_title->setBuddy(m_name);
    m_warning->setText(tr("⚠ Replaces the filter of this name"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_warning);
    layout->addWidget(m_accept);
    layout->addWidget(cancel);
    connect(m_name, &QLineEdit::textChanged, this, &FilterNameRow::refresh);
    connect(m_name, &QLineEdit::returnPressed, this, &FilterNameRow::accept);
    connect(m_accept, &QPushButton::clicked, this, &FilterNameRow::accept);
    connect(cancel, &QPushButton::clicked, this, &FilterNameRow::leave);
    hide();
}

void FilterNameRow::ask(
    const QString &title, const QString &name, std::function<bool(const QString &)> isTaken)
{
    m_isTaken = std::move(isTaken);
    m_title->setText(title);
    m_name->setText(name);
    refresh();
    show();
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

QLineEdit *FilterNameRow::edit() const { return m_name; }

void FilterNameRow::refresh()
{
    const QString name = m_name->text().trimmed();
    const bool isTaken = m_isTaken && m_isTaken(name);
    m_warning->setVisible(isTaken);
    m_accept->setText(isTaken ? tr("Replace") : tr("Save"));
    m_accept->setEnabled(!name.isEmpty());
}

void FilterNameRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QWidget::keyPressEvent(event);
}

void FilterNameRow::accept()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    Q_EMIT named(name);
    leave();
}

void FilterNameRow::leave()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

} // namespace headrace::ui
