#include "proxy/filterfield.h"

#include "fields/problemlabel.h"
#include "shell/theme.h"
#include "traffic/filteredit.h"

#include <QVBoxLayout>

namespace headrace::ui {

FilterField::FilterField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new FilterEdit(this))
    , m_problem(new ProblemLabel(this))
{
    m_edit->setFont(Theme::fixedFont());
    m_edit->setMinimumHeight(28);
    m_edit->setPlaceholderText(tr("all exchanges · host:api.example.test path:/v1/*"));
    m_edit->setToolTip(tr("Which exchanges; as the filter of the Traffic list. Ctrl+Space offers "
                          "what can be said."));
    m_edit->setAccessibleName(tr("Filter"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        check();
        Q_EMIT changed();
    });
}

QString FilterField::text() const { return m_edit->text(); }

void FilterField::setText(const QString &text)
{
    if (text != m_edit->text())
        m_edit->setText(text);
}

void FilterField::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_edit->setValueSource(std::move(source));
}

FilterEdit *FilterField::edit() const { return m_edit; }

void FilterField::check()
{
    const auto error = exchange::parseFilter(m_edit->text()).error;
    m_edit->setProblem(error);
    m_problem->setProblem(error ? error->message : QString());
}

} // namespace headrace::ui
