#include "traffic/trafficheader.h"

#include "traffic/trafficcolumns.h"
#include "traffic/trafficdelegate.h"

#include <QContextMenuEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>

namespace headrace::ui {

namespace {

constexpr int NarrowestColumn = 22;
constexpr int WidestColumn = 4000;
constexpr int NarrowestPath = 140;
constexpr int Path = int(TrafficColumn::Path);

/// A text as wide as the column should be at first.
QString sample(TrafficColumn column)
{
    switch (column) {
    case TrafficColumn::Number:
        return QStringLiteral("1,000,000");
    case TrafficColumn::Mark:
    case TrafficColumn::Source:
        return {};
    case TrafficColumn::Time:
        return QStringLiteral("00:00:00.000");
    case TrafficColumn::Method:
        return QStringLiteral("OPTIONS");
    case TrafficColumn::Scheme:
        return QStringLiteral("Scheme ▴");
    case TrafficColumn::Host:
        return QStringLiteral("api.example.test:84");
    case TrafficColumn::Status:
        return QStringLiteral("✕ failed");
    case TrafficColumn::Type:
        return QStringLiteral("javascript");
    case TrafficColumn::RequestSize:
    case TrafficColumn::Size:
        return QStringLiteral("1,000 kB");
    case TrafficColumn::Duration:
        return QStringLiteral("100,000");
    case TrafficColumn::Pattern:
        return QStringLiteral("✓ · 1xx ×1 · trailers");
    case TrafficColumn::Note:
        return QStringLiteral("a few words");
    case TrafficColumn::Path:
        break;
    }
    return QStringLiteral("/v1/some/longer/path?with=query");
}

} // namespace

TrafficHeader::TrafficHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setMinimumSectionSize(NarrowestColumn);
    setSectionsMovable(true);
    setFirstSectionMovable(true);
    setSectionsClickable(true);
    setTextElideMode(Qt::ElideRight);
    setSortIndicatorClearable(true);
    connect(this, &QHeaderView::sectionResized, this, [this](int column) {
        if (column != Path)
            fitPath();
    });
}

void TrafficHeader::makeColumns()
{
    for (int column = 0; column < count(); ++column) {
        const auto which = TrafficColumn(column);
        const QFontMetrics metrics(TrafficDelegate::fontOf(column));
        const QString text = sample(which);
        const int width = text.isEmpty() ? NarrowestColumn : metrics.horizontalAdvance(text) + 14;
        resizeSection(column, width);
        moveSection(visualIndex(column), column);
        setSectionHidden(column, !isShownAtFirst(which));
    }
    fitPath();
}

QByteArray TrafficHeader::saveColumns() const
{
    QJsonArray columns;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        QJsonObject entry { { QStringLiteral("name"), nameOf(TrafficColumn(column)) },
            { QStringLiteral("shown"), !isSectionHidden(column) } };
        if (!isSectionHidden(column) && column != Path)
            entry.insert(QStringLiteral("width"), sectionSize(column));
        columns.append(entry);
    }
    QJsonObject state { { QStringLiteral("columns"), columns } };
    if (sortIndicatorSection() >= 0 && sortIndicatorSection() < count()) {
        state.insert(QStringLiteral("sort"), nameOf(TrafficColumn(sortIndicatorSection())));
        state.insert(QStringLiteral("descending"), sortIndicatorOrder() == Qt::DescendingOrder);
    }
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void TrafficHeader::restoreColumns(const QByteArray &state)
{
    const QJsonObject root = QJsonDocument::fromJson(state).object();
    int visual = 0;
    const QJsonArray columns = root.value(QStringLiteral("columns")).toArray();
    for (const QJsonValue &value : columns) {
        const QJsonObject entry = value.toObject();
        const auto column = columnNamed(entry.value(QStringLiteral("name")).toString());
        if (!column)
            continue;
        const int section = int(*column);
        moveSection(visualIndex(section), visual++);
        setSectionHidden(section, !entry.value(QStringLiteral("shown")).toBool(true));
        if (const int width = entry.value(QStringLiteral("width")).toInt(); width > 0)
            resizeSection(section, qBound(NarrowestColumn, width, WidestColumn));
    }
    if (hiddenSectionCount() == count())
        makeColumns();
    const auto sorted = columnNamed(root.value(QStringLiteral("sort")).toString());
    setSortIndicator(sorted ? int(*sorted) : -1,
        root.value(QStringLiteral("descending")).toBool() ? Qt::DescendingOrder
                                                          : Qt::AscendingOrder);
}

void TrafficHeader::showMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu);
    menu->popup(globalPosition);
}

void TrafficHeader::contextMenuEvent(QContextMenuEvent *event) { showMenu(event->globalPos()); }

void TrafficHeader::resizeEvent(QResizeEvent *event)
{
    QHeaderView::resizeEvent(event);
    fitPath();
}

void TrafficHeader::fitPath()
{
    if (count() == 0 || isSectionHidden(Path))
        return;
    int others = 0;
    for (int column = 0; column < count(); ++column)
        others += column == Path ? 0 : sectionSize(column); // Hidden ones have none.
    const bool hasRoom = viewport()->width() - others >= NarrowestPath;
    const ResizeMode mode = hasRoom ? Stretch : Interactive;
    if (sectionResizeMode(Path) == mode)
        return;
    setSectionResizeMode(Path, mode);
    if (!hasRoom)
        resizeSection(Path, NarrowestPath);
}

void TrafficHeader::fillMenu(QMenu *menu)
{
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        QAction *action = menu->addAction(longTitleOf(TrafficColumn(column)));
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(column));
        // Without any column there would be no header to bring one back from.
        action->setEnabled(isSectionHidden(column) || count() - hiddenSectionCount() > 1);
        connect(action, &QAction::triggered, this,
            [this, column](bool isShown) { setSectionHidden(column, !isShown); });
    }
    menu->addSeparator();
    connect(
        menu->addAction(tr("As at first")), &QAction::triggered, this, &TrafficHeader::makeColumns);
}

} // namespace headrace::ui
