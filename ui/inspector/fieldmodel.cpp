#include "inspector/fieldmodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

namespace {

constexpr qsizetype PaintedLength = 2000; ///< More does not fit any cell, and costs to elide.
constexpr qsizetype ToolTipLength = 4000;

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
        return;
    }
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

const exchange::FieldList &FieldModel::fields() const { return m_fields; }

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

int FieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

int FieldModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : 2; }

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &field = m_fields.at(index.row());
    const QByteArray &octets = index.column() == Name ? field.first : field.second;
    switch (role) {
    case Qt::DisplayRole:
        return shortened(displayText(octets), PaintedLength);
    case Qt::ToolTipRole:
        return shortened(displayText(octets), ToolTipLength);
    case Qt::EditRole:
        return displayText(octets);
    case Qt::AccessibleTextRole:
        return shortened(line(index.row()), ToolTipLength);
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
    return section == Name ? tr("Name") : tr("Value");
}

} // namespace headrace::ui
