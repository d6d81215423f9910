#include "traffic/trafficcommands.h"

#include "compare/comparewindow.h"
#include "shell/format.h"
#include "traffic/exchangetexts.h"
#include "traffic/noteeditor.h"
#include "traffic/trafficcells.h"
#include "traffic/trafficheader.h"
#include "traffic/trafficmodel.h"
#include "traffic/trafficview.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

namespace headrace::ui {

using exchange::ExchangeId;
using exchange::Filter;
using exchange::FilterCompare;
using exchange::FilterField;
using exchange::FilterTerm;
using exchange::Summary;

namespace {

constexpr int Request = -1;
constexpr int Response = 0;

void setClipboard(const QString &text) { QGuiApplication::clipboard()->setText(text); }

/// What holds for exchanges that have this in common with \a summary; nothing if it does not have it.
std::optional<FilterTerm> termOf(const Summary &summary, FilterField field)
{
    FilterTerm term;
    term.field = field;
    term.compare = FilterCompare::Equals;
    if (field == FilterField::Status) {
        term.number = summary.statusCode;
        if (summary.statusCode == 0) {
            term.field = FilterField::HasNoResponse;
            term.compare = FilterCompare::Exists;
        }
        return term;
    }
    term.text = field == FilterField::Host ? summary.host
        : field == FilterField::Method     ? summary.method
                                           : summary.contentType;
    return term.text.isEmpty() ? std::nullopt : std::optional(term);
}

} // namespace

TrafficCommands::TrafficCommands(TrafficView *view, TrafficActions *actions, QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_actions(actions)
    , m_store(view->trafficModel()->store())
    , m_saver(m_store)
{
    connect(actions, &TrafficActions::triggered, this, &TrafficCommands::run);
    connect(actions, &TrafficActions::markRequested, this, &TrafficCommands::setMark);
    connect(actions, &TrafficActions::fieldMenuRequested, this, &TrafficCommands::fillFieldMenu);
    connect(&m_saver, &BodySaver::progressed, this, [this](qint64 octets) {
        Q_EMIT noticed(
            Theme::Tone::Informational, tr("Saving… %1 so far").arg(formatOctets(octets)), true);
    });
    connect(&m_saver, &BodySaver::finished, this,
        [this](int files, qint64 octets, const QString &error) {
            if (!error.isEmpty())
                Q_EMIT noticed(Theme::Tone::Failed, tr("Not saved. %1").arg(error), false);
            else
                Q_EMIT noticed(Theme::Tone::Success,
                    files == 1 ? tr("Saved, %1").arg(formatOctets(octets))
                               : tr("Saved %1 files, %2").arg(files).arg(formatOctets(octets)),
                    false);
        });
}

void TrafficCommands::run(TrafficActions::What what)
{
    switch (what) {
    case TrafficActions::OpenInComposer:
        Q_EMIT openInComposerRequested(m_view->currentId());
        break;
    case TrafficActions::Resend:
        Q_EMIT resendRequested(m_view->selectedIds());
        break;
    case TrafficActions::Replay:
        Q_EMIT replayRequested(m_view->selectedIds());
        break;
    case TrafficActions::CopyUrl:
        copyUrls();
        break;
    case TrafficActions::CopyAsCurl:
        copyAs(formats::CodeTarget::Curl);
        break;
    case TrafficActions::CopyAsCurlCmd:
        copyAs(formats::CodeTarget::CurlCmd);
        break;
    case TrafficActions::CopyAsFetch:
        copyAs(formats::CodeTarget::Fetch);
        break;
    case TrafficActions::CopyAsNode:
        copyAs(formats::CodeTarget::Node);
        break;
    case TrafficActions::CopyAsPython:
        copyAs(formats::CodeTarget::Python);
        break;
    case TrafficActions::CopyAsCpp:
        copyAs(formats::CodeTarget::Cpp);
        break;
    case TrafficActions::CopyRawRequest:
        copyRaw(Request);
        break;
    case TrafficActions::CopyRawResponse:
        copyRaw(Response);
        break;
    case TrafficActions::SaveResponseBody:
        chooseFile(Response);
        break;
    case TrafficActions::SaveRequestBody:
        chooseFile(Request);
        break;
    case TrafficActions::ExportAsHar:
        Q_EMIT exportRequested(m_view->selectedIds());
        break;
    case TrafficActions::ShowMarks:
        m_actions->makeMarkMenu()->popup(placeOfCurrent().bottomLeft());
        break;
    case TrafficActions::EditNote:
        editNote();
        break;
    case TrafficActions::Compare:
        compare();
        break;
    case TrafficActions::FilterByHost:
        filterBy(FilterField::Host);
        break;
    case TrafficActions::FilterByMethod:
        filterBy(FilterField::Method);
        break;
    case TrafficActions::FilterByStatus:
        filterBy(FilterField::Status);
        break;
    case TrafficActions::FilterByType:
        filterBy(FilterField::ResponseType);
        break;
    case TrafficActions::SelectAll:
        m_view->selectAll();
        break;
    case TrafficActions::Remove:
        Q_EMIT removeRequested(m_view->selectedIds());
        break;
    case TrafficActions::Clear:
        Q_EMIT clearRequested();
        break;
    case TrafficActions::Next:
        m_view->step(1);
        break;
    case TrafficActions::Previous:
        m_view->step(-1);
        break;
    case TrafficActions::ChooseColumns:
        m_view->header()->showMenu(m_view->mapToGlobal(QPoint(0, m_view->header()->height())));
        break;
    case TrafficActions::Count:
        break;
    }
}

void TrafficCommands::setMark(exchange::Mark mark)
{
    const QList<ExchangeId> ids = m_view->selectedIds();
    m_view->trafficModel()->feed()->letThrough(ids);
    m_store->setMark(ids, mark);
}

void TrafficCommands::fillFieldMenu(QMenu *menu)
{
    // Names as they came first, each once.
    QList<QByteArray> names;
    if (const auto exchange = m_store->exchange(m_view->currentId(), 0)) {
        for (const exchange::FieldList &fields :
            { exchange->request.fields, exchange->response.fields }) {
            for (const auto &[name, value] : fields) {
                const bool isKnown = std::any_of(
                    names.cbegin(), names.cend(), [&name = name](const QByteArray &known) {
                        return known.compare(name, Qt::CaseInsensitive) == 0;
                    });
                if (!isKnown && !name.isEmpty())
                    names += name;
            }
        }
    }
    std::sort(names.begin(), names.end(), [](const QByteArray &one, const QByteArray &other) {
        return one.compare(other, Qt::CaseInsensitive) < 0;
    });
    for (const QByteArray &name : std::as_const(names)) {
        QAction *action
            = menu->addAction(shortened(displayText(name), 60).replace(u'&', QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, name] {
            FilterTerm term;
            term.field = FilterField::Header;
            term.name = name;
            Q_EMIT filterRequested(Filter(term).toString());
        });
    }
    if (names.isEmpty())
        menu->addAction(tr("No header fields"))->setEnabled(false);
}

void TrafficCommands::cancelSaving() { m_saver.cancel(); }

void TrafficCommands::copyUrls()
{
    m_background.run([store = m_store, ids = m_view->selectedIds()] { return urlsOf(*store, ids); },
        setClipboard);
}

void TrafficCommands::copyAs(formats::CodeTarget target)
{
    m_background.run([store = m_store, ids = m_view->selectedIds(),
                         target] { return codeOf(*store, ids, target); },
        setClipboard);
}

void TrafficCommands::copyRaw(int message)
{
    m_background.run([store = m_store, ids = m_view->selectedIds(),
                         message] { return rawTextOf(*store, ids, message); },
        setClipboard);
}

void TrafficCommands::chooseFile(int message)
{
    const QList<ExchangeId> ids = m_view->selectedIds();
    if (ids.size() > 1) {
        chooseFolder(message, ids);
        return;
    }
    const auto summary = m_store->summary(m_view->currentId());
    if (!summary)
        return;
    auto *dialog = new QFileDialog(m_view->window(),
        message == Request ? tr("Save the request body") : tr("Save the response body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(BodySaver::fileName(*summary, message == Request));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, id = summary->id, message](const QString &path) {
            m_saver.save({ BodySaver::Job { id, message, path } });
        });
    dialog->open();
}

void TrafficCommands::chooseFolder(int message, const QList<ExchangeId> &ids)
{
    auto *dialog = new QFileDialog(m_view->window(), tr("Save %1 bodies in").arg(ids.size()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, ids, message](const QString &folder) {
        m_background.run([store = m_store, ids, message,
                             folder] { return saveJobs(*store, ids, message, QDir(folder)); },
            [this](const QList<BodySaver::Job> &jobs) { m_saver.save(jobs); });
    });
    dialog->open();
}

void TrafficCommands::editNote()
{
    const QList<ExchangeId> ids = m_view->selectedIds();
    const auto summary = m_store->summary(m_view->currentId());
    if (ids.isEmpty() || !summary)
        return;
    auto *editor = new NoteEditor(summary->note,
        ids.size() == 1 ? tr("Note on this exchange")
                        : tr("Note on %1 exchanges").arg(formatCount(ids.size())),
        m_view);
    connect(editor, &NoteEditor::accepted, this, [this, ids](const QString &note) {
        m_view->trafficModel()->feed()->letThrough(ids);
        m_store->setNote(ids, note);
    });
    editor->open(placeOfCurrent());
}

void TrafficCommands::compare()
{
    const QList<ExchangeId> ids = m_view->selectedIds();
    if (ids.size() != 2)
        return;
    auto *window = new CompareWindow(m_store, ids.at(0), ids.at(1), m_view->window());
    window->show();
}

void TrafficCommands::filterBy(FilterField field)
{
    const auto summary = m_store->summary(m_view->currentId());
    if (!summary)
        return;
    if (const auto term = termOf(*summary, field))
        Q_EMIT filterRequested(Filter(*term).toString());
    else
        Q_EMIT noticed(
            Theme::Tone::Informational, tr("This exchange has nothing there to filter by."), false);
}

QRect TrafficCommands::placeOfCurrent() const
{
    QRect place = m_view->visualRect(m_view->currentIndex());
    place.setLeft(0);
    place.setRight(m_view->viewport()->width());
    if (!m_view->viewport()->rect().intersects(place))
        place.moveTop(m_view->viewport()->height() / 2);
    return { m_view->viewport()->mapToGlobal(place.topLeft()), place.size() };
}

} // namespace headrace::ui
