#include "inspector/formfieldmodel.h"

#include "shell/format.h"

namespace headrace::ui {

void FormFieldModel::setFields(const QList<exchange::FormField> &fields)
{
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

const QList<exchange::FormField> &FormFieldModel::fields() const { return m_fields; }

int FormFieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

int FormFieldModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant FormFieldModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const exchange::FormField &field = m_fields.at(index.row());
    const auto line = [role](const QByteArray &octets) {
        QString text = displayText(octets);
        return role == Qt::ToolTipRole ? text : text.replace(u'\n', u'⏎');
    };
    switch (index.column()) {
    case NameColumn:
        return line(field.name);
    case ValueColumn:
        return line(field.value);
    default:
        break;
    }
    const QString sent = displayText(field.rawName)
        + (field.hasValue ? u'=' + displayText(field.rawValue) : QString());
    if (role == Qt::ToolTipRole && field.isBroken)
        return tr("%1\nA “%” is not followed by two hexadecimal digits.").arg(sent);
    return field.isBroken ? QStringLiteral("⚠ ") + sent : sent;
}

QVariant FormFieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    return section == NameColumn ? tr("Name")
        : section == ValueColumn ? tr("Value")
                                 : tr("As sent");
}

} // namespace headrace::ui
