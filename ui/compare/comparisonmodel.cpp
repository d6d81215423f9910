#include "compare/comparisonmodel.h"

#include "shell/format.h"

namespace headrace::ui {

using exchange::ComparedLine;
using exchange::ComparedPart;
using Kind = ComparedLine::Kind;

namespace {

QString titleOf(ComparedPart::What what)
{
    switch (what) {
    case ComparedPart::What::Request:
        return ComparisonModel::tr("Request");
    case ComparedPart::What::RequestBody:
        return ComparisonModel::tr("Request body");
    case ComparedPart::What::RequestTrailers:
        return ComparisonModel::tr("Request trailers");
    case ComparedPart::What::Interim:
        return ComparisonModel::tr("Interim responses");
    case ComparedPart::What::Response:
        return ComparisonModel::tr("Response");
    case ComparedPart::What::ResponseBody:
        return ComparisonModel::tr("Response body");
    case ComparedPart::What::ResponseTrailers:
        return ComparisonModel::tr("Response trailers");
    case ComparedPart::What::Events:
        return ComparisonModel::tr("Order of events");
    case ComparedPart::What::Timings:
        return ComparisonModel::tr("Timing");
    }
    return {};
}

QString markOf(Kind kind)
{
    switch (kind) {
    case Kind::Changed:
        return QStringLiteral("≠");
    case Kind::OnlyLeft:
        return QStringLiteral("−");
    case Kind::OnlyRight:
        return QStringLiteral("+");
    case Kind::Moved:
        return QStringLiteral("⇅");
    case Kind::Same:
    case Kind::Figure:
        break;
    }
    return {};
}

QString meaningOf(Kind kind)
{
    switch (kind) {
    case Kind::Changed:
        return ComparisonModel::tr("Not the same on both sides");
    case Kind::OnlyLeft:
        return ComparisonModel::tr("Only on the left");
    case Kind::OnlyRight:
        return ComparisonModel::tr("Only on the right");
    case Kind::Moved:
        return ComparisonModel::tr("Stands in another place on the other side");
    case Kind::Same:
    case Kind::Figure:
        break;
    }
    return {};
}

} // namespace

void ComparisonModel::setParts(const QList<ComparedPart> &parts)
{
    m_parts = parts;
    build();
}

void ComparisonModel::setFolded(bool isFolded)
{
    if (m_isFolded == isFolded)
        return;
    m_isFolded = isFolded;
    build();
}

qsizetype ComparisonModel::differences() const { return m_differences.size(); }

QList<int> ComparisonModel::differenceRows() const { return m_differences; }

void ComparisonModel::build()
{
    beginResetModel();
    m_rows.clear();
    m_differences.clear();
    for (qsizetype part = 0; part < m_parts.size(); ++part) {
        m_rows += Row { Row::What::Heading, part };
        if (!m_parts.at(part).remark.isEmpty())
            m_rows += Row { Row::What::Remark, part };
        addLines(part);
    }
    endResetModel();
}

void ComparisonModel::addLines(qsizetype part)
{
    const QList<ComparedLine> &lines = m_parts.at(part).lines;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const ComparedLine &line = lines.at(i);
        if (line.isDifference() && (i == 0 || !lines.at(i - 1).isDifference()))
            m_differences += int(m_rows.size());
        if (!m_isFolded || line.kind != Kind::Same)
            m_rows += Row { Row::What::Line, part, i };
        else if (m_rows.constLast().what == Row::What::Folded)
            ++m_rows.last().count;
        else
            m_rows += Row { Row::What::Folded, part, i };
    }
}

const ComparedLine &ComparisonModel::lineOf(const Row &row) const
{
    return m_parts.at(row.part).lines.at(row.line);
}

QString ComparisonModel::textOf(int row) const
{
    const Row &shown = m_rows.at(row);
    if (shown.what != Row::What::Line)
        return spanText(shown);
    const ComparedLine &line = lineOf(shown);
    if (line.kind == Kind::Same)
        return QStringLiteral("  ") + line.left;
    QStringList sides;
    if (!line.left.isNull())
        sides += QStringLiteral("- ") + line.left;
    if (!line.right.isNull())
        sides += QStringLiteral("+ ") + line.right;
    return sides.join(u'\n');
}

QString ComparisonModel::spanText(const Row &row) const
{
    const ComparedPart &part = m_parts.at(row.part);
    switch (row.what) {
    case Row::What::Heading: {
        const qsizetype count = part.differences();
        if (part.what == ComparedPart::What::Timings)
            return titleOf(part.what);
        return count == 0 ? tr("%1 · the same").arg(titleOf(part.what))
            : count == 1  ? tr("%1 · 1 difference").arg(titleOf(part.what))
                          : tr("%1 · %2 differences").arg(titleOf(part.what), formatCount(count));
    }
    case Row::What::Remark:
        return part.remark;
    case Row::What::Folded:
        return row.count == 1 ? tr("… 1 line, the same")
                              : tr("… %1 lines, the same").arg(formatCount(row.count));
    case Row::What::Line:
        break;
    }
    return {};
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Right + 1;
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    const bool isLine = row.what == Row::What::Line;
    if (role == SpansRole)
        return !isLine;
    if (role == IsHeadingRole)
        return row.what == Row::What::Heading;
    if (!isLine)
        return role == Qt::DisplayRole && index.column() == Left ? spanText(row) : QVariant();
    const ComparedLine &line = lineOf(row);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Mark ? markOf(line.kind)
            : index.column() == Left  ? line.left
                                      : line.right;
    case Qt::ToolTipRole:
        return index.column() == Mark ? meaningOf(line.kind) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Mark ? QVariant::fromValue(Qt::AlignCenter) : QVariant();
    case KindRole:
        return int(line.kind);
    case OtherTextRole:
        return index.column() == Left ? line.right : line.left;
    default:
        return {};
    }
}

} // namespace headrace::ui
