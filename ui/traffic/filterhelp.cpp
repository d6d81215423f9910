#include "traffic/filterhelp.h"

#include "shell/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

struct Example
{
    const char *text; // null: what follows is a heading
    const char *meaning; // to be translated
};

constexpr Example Examples[] {
    { nullptr, QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Text") },
    { "orders",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "The URL holds it; a regular expression") },
    { "\"a b\"",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "In quotes, space and signs are part of it") },
    { "any:token",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "Anywhere: URL, headers, trailers, bodies, note, error") },
    { "body:\"out of stock\"",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "A body holds it, whatever its content coding") },
    { "response.body:/total.*[1-9]/",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Between slashes, a regular expression") },
    { nullptr, QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Fields") },
    { "method:POST,PUT", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "One of these") },
    { "host:example", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "The host holds it") },
    { "host:api.*", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "The whole host, by wildcards") },
    { "host=api.example.test",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Exactly this host, with any port") },
    { "path:/v1/*", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Wildcards in the path") },
    { "path~^/v[12]/",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "A regular expression, in any field of text") },
    { "type:json",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "The media type of either side holds it") },
    { "header:x-id",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Such a header comes, on either side") },
    { "request.header:x-id=7",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "With this value; x-id:7 holds it, x-id~^7 matches") },
    { "trailer:*", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "There are trailers") },
    { "is:failed",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "Also active, complete, marked, tls, websocket …") },
    { "event:aborted", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "An event that came") },
    { "pattern:timeout",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "The pattern of its events") },
    { "mark:red note:*", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "What you gave it") },
    { nullptr, QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Numbers") },
    { "status>=400", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Also < <= > = !=") },
    { "status:404,5xx",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Lists, classes, ranges as 400-499") },
    { "size>1MB",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "Body of the response; request.size for the other") },
    { "duration>500ms", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "us, ms, s, min, h") },
    { "time>=12:01",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Today, or with a date: 2026-01-31T12:01") },
    { "connection:7",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "All that one connection carried") },
    { nullptr, QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Together") },
    { "method:POST status>=400",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Both; & and \"and\" say the same") },
    { "status:404 | is:failed",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "One of them; also \"or\"") },
    { "!host:localhost", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Not; also - and \"not\"") },
    { "(is:failed | status>=500) & host:api.*",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "Without parentheses: first &, then |, then space") },
    { nullptr, QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "As in mitmproxy") },
    { "~m POST & ~c 404", QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Method and status code") },
    { "~d example ~u /v1/",
        QT_TRANSLATE_NOOP("headrace::ui::FilterHelp", "Host and URL, by expressions") },
    { "~b stock | ~h x-id",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "Body and headers; ~bq ~bs ~hq ~hs of one side") },
    { "~q | ~e",
        QT_TRANSLATE_NOOP(
            "headrace::ui::FilterHelp", "No response, or an error; ~s has a response") },
};

constexpr int RowHeight = 19;

} // namespace

FilterHelp::FilterHelp(QWidget *parent)
    : QDialog(parent)
    , m_list(new QTreeWidget(this))
{
    setWindowTitle(tr("What a filter can be"));
    resize(720, 780);
    m_list->setAccessibleName(tr("Examples of filters"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({ tr("Filter"), tr("Shows exchanges where") });
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    QTreeWidgetItem *group = nullptr;
    for (const Example &example : Examples) {
        const QString meaning = tr(example.meaning);
        if (!example.text) {
            group = new QTreeWidgetItem(m_list, { meaning });
            group->setFlags(Qt::ItemIsEnabled);
            group->setSizeHint(0, QSize(0, RowHeight));
            group->setFirstColumnSpanned(true);
            continue;
        }
        auto *item = new QTreeWidgetItem(group, { QString::fromUtf8(example.text), meaning });
        item->setToolTip(0, tr("Double-click or Enter puts it into the filter line"));
        item->setToolTip(1, meaning);
    }
    m_list->expandAll();
    m_list->setCurrentItem(m_list->topLevelItem(0)->child(0));
    applyStyle();
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (item->parent())
            Q_EMIT exampleChosen(item->text(0));
    });
    auto *hint
        = new QLabel(tr("Enter or a double-click puts an example into the filter line."), this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addWidget(hint);
}

QStringList FilterHelp::examples() const
{
    QStringList texts;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = m_list->topLevelItem(i);
        for (int k = 0; k < group->childCount(); ++k)
            texts += group->child(k)->text(0);
    }
    return texts;
}

void FilterHelp::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyStyle();
    QDialog::changeEvent(event);
}

void FilterHelp::applyStyle()
{
    QFont heading = font();
    heading.setBold(true);
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_list->topLevelItem(i);
        group->setFont(0, heading);
        for (int k = 0; k < group->childCount(); ++k) {
            group->child(k)->setFont(0, Theme::fixedFont());
            group->child(k)->setForeground(1, Theme::mutedColor(palette()));
        }
    }
}

} // namespace headrace::ui
