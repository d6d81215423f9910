#include "inspector/fieldmodel.h"

#include "shell/format.h"

#include <QHash>

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr qsizetype PaintedLength = 2000; ///< More does not fit any cell, and costs to elide.
constexpr qsizetype AccessibleLength = 4000;

} // namespace

void FieldModel::setFields(const exchange::FieldList &fields)
{
    if (m_fields == fields)
        return;
    // While an exchange goes on its fields only grow; then nothing that is selected gets lost.
    const bool grows = fields.size() > m_fields.size()
        && std::equal(m_fields.cbegin(), m_fields.cend(), fields.cbegin());
    if (grows && !m_fields.isEmpty()) {
        beginInsertRows({}, int(m_fields.size()), int(fields.size()) - 1);
        m_fields = fields;
        endInsertRows();
        updateRemarks();
        return;
    }
    beginResetModel();
    m_fields = fields;
    m_remarks.clear();
    endResetModel();
    updateRemarks();
}

const exchange::FieldList &FieldModel::fields() const { return m_fields; }

void FieldModel::setLines(const QList<exchange::FieldLine> &lines)
{
    m_lines = lines;
    updateRemarks();
}

void FieldModel::setTrailers(const QList<QByteArray> &announced)
{
    m_isTrailers = true;
    m_announced = announced;
    updateRemarks();
}

void FieldModel::updateRemarks()
{
    QHash<QByteArray, int> counts;
    for (const auto &[name, value] : std::as_const(m_fields))
        ++counts[name.toLower()];
    QHash<QByteArray, int> seen;
    QList<QList<FieldRemark>> remarks;
    remarks.reserve(m_fields.size());
    for (qsizetype row = 0; row < m_fields.size(); ++row) {
        const QByteArray &name = m_fields.at(row).first;
        const QByteArray key = name.toLower();
        QList<FieldRemark> found;
        if (m_lines.size() == m_fields.size())
            found += lineRemarks(m_lines.at(row));
        if (m_isTrailers)
            found += trailerRemarks(name, m_announced);
        found += nameRemarks(name, ++seen[key], counts.value(key));
        remarks.append(found);
    }
    if (m_remarks == remarks)
        return;
    m_remarks = remarks;
    if (!m_fields.isEmpty())
        Q_EMIT dataChanged(index(0, Name), index(int(m_fields.size()) - 1, Remark));
}

QList<FieldRemark> FieldModel::remarks(int row) const { return m_remarks.value(row); }

bool FieldModel::hasRemarks() const
{
    return std::any_of(m_remarks.cbegin(), m_remarks.cend(),
        [](const QList<FieldRemark> &remarks) { return !remarks.isEmpty(); });
}

QString FieldModel::remarkText(int row) const
{
    QStringList words;
    bool isWarning = false;
    for (const FieldRemark &remark : remarks(row)) {
        words += remark.word;
        isWarning = isWarning || remark.isWarning;
    }
    return (isWarning ? QStringLiteral("⚠ ") : QString()) + words.join(QStringLiteral(", "));
}

QString FieldModel::line(int row) const
{
    if (row < 0 || row >= m_fields.size())
        return {};
    const auto &[name, value] = m_fields.at(row);
    return displayText(name) + QStringLiteral(": ") + displayText(value);
}

QString FieldModel::allLines() const
{
    QStringList lines;
    for (int row = 0; row < m_fields.size(); ++row)
        lines += line(row);
    return lines.join(u'\n');
}

QString FieldModel::remarkMark(int row) const
{
    QString mark;
    for (const FieldRemark &remark : remarks(row)) {
        if (remark.isWarning)
            return QStringLiteral("⚠");
        if (mark.isEmpty())
            mark = remark.mark;
    }
    return mark;
}

int FieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

int FieldModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Remark + 1;
}

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &field = m_fields.at(index.row());
    const QByteArray &octets = index.column() == Name ? field.first : field.second;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Remark ? remarkText(index.row())
                                        : shortened(displayText(octets), PaintedLength);
    case Qt::ToolTipRole:
        return fieldToolTip(field.first, field.second, remarks(index.row()));
    case MarkRole:
        return remarkMark(index.row());
    case WarningRole: {
        const auto found = remarks(index.row());
        return std::any_of(found.cbegin(), found.cend(),
            [](const FieldRemark &remark) { return remark.isWarning; });
    }
    case Qt::EditRole:
        return displayText(octets);
    case Qt::AccessibleTextRole:
        return shortened(line(index.row()), AccessibleLength);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant FieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Value:
        return tr("Value");
    case Remark:
        return tr("Odd");
    default:
        return {};
    }
}

} // namespace headrace::ui
