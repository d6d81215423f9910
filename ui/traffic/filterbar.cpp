#include "traffic/filterbar.h"

#include "fields/problemlabel.h"
#include "shell/icons.h"
#include "traffic/filteredit.h"
#include "traffic/filterhelp.h"
#include "traffic/filternamerow.h"
#include "traffic/searchprogress.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

using exchange::Filter;
using exchange::parseFilter;

namespace {

const QString HistoryKey = QStringLiteral("history");
const QString SavedKey = QStringLiteral("saved");
constexpr int LongestLabel = 60; // characters

QString label(QString text)
{
    if (text.size() > LongestLabel)
        text = text.first(LongestLabel / 2) + u'…' + text.last(LongestLabel / 2 - 1);
    return text.replace(u'&', QStringLiteral("&&"));
}

// Text of a filter that is both; parentheses only where they are needed.
QString joined(const QString &one, const QString &other)
{
    const Filter wanted = Filter::allOf({ parseFilter(one).filter, parseFilter(other).filter });
    const QString oneInside = u'(' + one + u')';
    const QString otherInside = u'(' + other + u')';
    for (const QString &left : { one, oneInside }) {
        for (const QString &right : { other, otherInside }) {
            QString text = left + QStringLiteral(" & ") + right;
            if (parseFilter(text).filter == wanted)
                return text;
        }
    }
    return oneInside + QStringLiteral(" & ") + otherInside;
}

bool holds(const Filter &filter, const Filter &term)
{
    return filter == term
        || (filter.kind() == Filter::Kind::And && filter.children().contains(term));
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new FilterEdit(this))
    , m_progress(new SearchProgress(this))
    , m_savedButton(new QToolButton(this))
    , m_savedMenu(new QMenu(this))
    , m_historyMenu(new QMenu(this))
    , m_problem(new ProblemLabel(this))
    , m_nameRow(new FilterNameRow(this))
    , m_row(new QHBoxLayout)
    , m_applyTimer(new QTimer(this))
    , m_problemTimer(new QTimer(this))
{
    m_edit->setPlaceholderText(tr("Filter: text of the URL, or status>=400 host:api.* ~m POST …"));
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setToolTip(tr("Filter exchanges (Ctrl+F). Ctrl+Space completes, Alt+Down lists the "
                          "last ones, F1 shows examples."));
    m_problem->setAccessibleName(tr("Problem of the filter"));
    m_progress->hide();
    makeMenus();

    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(4);
    m_row->addWidget(m_edit, 1);
    m_row->addWidget(m_progress);
    m_row->addWidget(m_savedButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(m_row);
    layout->addWidget(m_problem);
    layout->addWidget(m_nameRow);
    setFocusProxy(m_edit);

    m_applyTimer->setSingleShot(true);
    m_applyTimer->setInterval(ApplyDelay);
    m_problemTimer->setSingleShot(true);
    m_problemTimer->setInterval(ProblemDelay);
    connect(m_applyTimer, &QTimer::timeout, this, &FilterBar::apply);
    connect(m_problemTimer, &QTimer::timeout, this, &FilterBar::showProblem);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::take);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_browsed = -1; });
    connect(m_edit, &QLineEdit::editingFinished, this, &FilterBar::remember);
    connect(m_edit, &FilterEdit::applyRequested, this, &FilterBar::applyAndLeave);
    connect(m_edit, &FilterEdit::olderRequested, this, [this] { browse(1); });
    connect(m_edit, &FilterEdit::newerRequested, this, [this] { browse(-1); });
    connect(m_edit, &FilterEdit::historyRequested, this,
        [this] { m_historyMenu->popup(m_edit->mapToGlobal(QPoint(0, m_edit->height()))); });
    connect(m_edit, &FilterEdit::helpRequested, this, &FilterBar::showHelp);
    connect(m_edit, &FilterEdit::leaveRequested, this, &FilterBar::listRequested);
    connect(m_progress, &SearchProgress::cancelRequested, this, &FilterBar::cancelRequested);
    connect(m_nameRow, &FilterNameRow::named, this, [this](const QString &name) {
        if (m_renamed.isEmpty())
            m_saved.save(name, m_edit->text());
        else
            m_saved.rename(m_renamed, name);
        Q_EMIT stateChanged();
    });
    connect(m_nameRow, &FilterNameRow::closed, this, &FilterBar::focusEdit);
}

void FilterBar::makeMenus()
{
    m_savedButton->setText(tr("Saved"));
    m_savedButton->setToolTip(tr("Filters that are kept by name"));
    m_savedButton->setAccessibleName(tr("Saved filters"));
    m_savedButton->setAutoRaise(true);
    m_savedButton->setFocusPolicy(Qt::TabFocus);
    m_savedButton->setIcon(icon(QStringLiteral("chevron-down")));
    m_savedButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_savedButton, &QToolButton::clicked, this, [this] {
        m_savedMenu->popup(m_savedButton->mapToGlobal(QPoint(0, m_savedButton->height())));
    });
    m_savedMenu->setToolTipsVisible(true);
    m_historyMenu->setToolTipsVisible(true);
    connect(m_savedMenu, &QMenu::aboutToShow, this, &FilterBar::fillSavedMenu);
    connect(m_historyMenu, &QMenu::aboutToShow, this, &FilterBar::fillHistoryMenu);
}

QAction *FilterBar::addFilterAction(QMenu *menu, const QString &name, const QString &text)
{
    QAction *action = menu->addAction(label(name));
    action->setToolTip(text);
    connect(action, &QAction::triggered, this, [this, text] { setText(text); });
    return action;
}

void FilterBar::fillSavedMenu()
{
    m_savedMenu->clear();
    const QString current = m_edit->text().trimmed();
    for (const SavedFilter &filter : m_saved.all()) {
        QAction *action = addFilterAction(m_savedMenu, filter.name, filter.text);
        action->setCheckable(true);
        action->setChecked(filter.text == current);
    }
    m_savedMenu->addSeparator();
    QAction *save = m_savedMenu->addAction(
        icon(QStringLiteral("save")), tr("Save this filter…"), this, [this, current] {
            const QString name = m_saved.nameOf(current);
            askName(tr("Save the filter as"), name.isEmpty() ? current : name, {});
        });
    save->setEnabled(!current.isEmpty() && !m_parsed.error);
    QMenu *rename = m_savedMenu->addMenu(icon(QStringLiteral("edit")), tr("Rename"));
    QMenu *remove = m_savedMenu->addMenu(icon(QStringLiteral("remove")), tr("Delete"));
    for (const SavedFilter &filter : m_saved.all()) {
        const QString name = filter.name;
        rename->addAction(label(name), this,
            [this, name] { askName(tr("Rename “%1” to").arg(name), name, name); });
        remove->addAction(label(name), this, [this, name] {
            m_saved.remove(name);
            Q_EMIT stateChanged();
        });
    }
    for (QMenu *menu : { rename, remove })
        menu->setEnabled(!m_saved.all().isEmpty());
    m_savedMenu->addSeparator();
    m_savedMenu->addAction(
        icon(QStringLiteral("info")), tr("What a filter can be (F1)"), this, &FilterBar::showHelp);
}

void FilterBar::fillHistoryMenu()
{
    m_historyMenu->clear();
    for (const QString &text : m_history.texts())
        addFilterAction(m_historyMenu, text, text);
    if (m_history.texts().isEmpty())
        m_historyMenu->addAction(tr("No filter was used yet"))->setEnabled(false);
    m_historyMenu->addSeparator();
    QAction *forget = m_historyMenu->addAction(tr("Forget these"), this, [this] {
        m_history.clear();
        Q_EMIT stateChanged();
    });
    forget->setEnabled(!m_history.texts().isEmpty());
}

void FilterBar::askName(const QString &title, const QString &name, const QString &oldName)
{
    m_renamed = oldName;
    m_nameRow->ask(title, name, [this](const QString &candidate) {
        return m_saved.hasName(candidate) && candidate.compare(m_renamed, Qt::CaseInsensitive) != 0;
    });
}

QString FilterBar::text() const { return m_edit->text(); }

void FilterBar::setText(const QString &text)
{
    m_edit->setText(text);
    m_browsed = -1;
    if (apply())
        remember();
    else
        showProblem();
}

Filter FilterBar::filter() const { return m_applied; }

void FilterBar::andText(const QString &term)
{
    if (parseFilter(term).error || holds(m_applied, parseFilter(term).filter))
        return;
    setText(m_applied.isAll() ? term : joined(m_appliedText, term));
}

void FilterBar::setValueSource(std::function<exchange::FilterValues()> source)
{
    m_edit->setValueSource(std::move(source));
}

void FilterBar::setProgress(double share, qint64 hits)
{
    m_progress->setProgress(share, hits);
    m_progress->show();
}

void FilterBar::setIdle() { m_progress->hide(); }

QJsonObject FilterBar::saveState() const
{
    return { { HistoryKey, m_history.toJson() }, { SavedKey, m_saved.toJson() } };
}

void FilterBar::restoreState(const QJsonObject &state)
{
    m_history = FilterHistory::fromJson(state[HistoryKey].toArray());
    m_saved = SavedFilters::fromJson(state[SavedKey].toArray());
}

void FilterBar::addButton(QToolButton *button) { m_row->addWidget(button); }

FilterEdit *FilterBar::edit() const { return m_edit; }

QMenu *FilterBar::savedMenu() const { return m_savedMenu; }

QMenu *FilterBar::historyMenu() const { return m_historyMenu; }

FilterHelp *FilterBar::help() const { return m_help; }

void FilterBar::showHelp()
{
    if (!m_help) {
        m_help = new FilterHelp(this);
        connect(m_help, &FilterHelp::exampleChosen, this, &FilterBar::setText);
    }
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void FilterBar::focusEdit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::take()
{
    m_parsed = parseFilter(m_edit->text());
    m_edit->setProblem(m_parsed.error);
    if (!m_parsed.error)
        m_problem->setProblem({});
    m_problemTimer->start();
    if (m_edit->text().isEmpty())
        apply();
    else
        m_applyTimer->start();
}

bool FilterBar::apply()
{
    m_applyTimer->stop();
    if (m_parsed.error)
        return false;
    m_appliedText = m_edit->text().trimmed();
    if (m_parsed.filter == m_applied)
        return true;
    m_applied = m_parsed.filter;
    Q_EMIT filterChanged(m_applied, m_appliedText);
    return true;
}

void FilterBar::applyAndLeave()
{
    if (!apply()) {
        showProblem();
        return;
    }
    remember();
    Q_EMIT listRequested();
}

void FilterBar::remember()
{
    if (m_parsed.error || m_edit->text().trimmed().isEmpty()
        || m_history.texts().value(0) == m_edit->text().trimmed())
        return;
    m_history.add(m_edit->text());
    Q_EMIT stateChanged();
}

// One step older or newer in the history, from an empty line; else Down leads to the list.
void FilterBar::browse(qsizetype step)
{
    const bool isBrowsing = m_browsed >= 0;
    if (!isBrowsing && step < 0) {
        Q_EMIT listRequested();
        return;
    }
    if (!isBrowsing && !m_edit->text().isEmpty())
        return;
    const qsizetype wanted = m_browsed + step;
    if (wanted >= m_history.texts().size())
        return;
    m_browsed = wanted;
    m_edit->setText(m_history.texts().value(wanted)); // before the newest: empty
}

void FilterBar::showProblem()
{
    m_problemTimer->stop();
    if (m_parsed.error
        && m_edit->isCompleting()) { // a word that is being completed is no mistake yet
        m_problemTimer->start();
        return;
    }
    if (!m_parsed.error) {
        m_problem->setProblem({});
        return;
    }
    m_problem->setProblem(tr("%1, at character %2. The list still shows what it did.")
                              .arg(m_parsed.error->message)
                              .arg(m_parsed.error->position + 1));
}

} // namespace headrace::ui
