#include "composer/formpartsmodel.h"

#include <QFileInfo>

namespace headrace::ui {

using formats::FormPart;

namespace {

bool isText(const QByteArray &octets) { return QString::fromUtf8(octets).toUtf8() == octets; }

} // namespace

FormPartsModel::FormPartsModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

QList<FormPart> FormPartsModel::parts() const { return m_parts; }

void FormPartsModel::setParts(const QList<FormPart> &parts)
{
    beginResetModel();
    m_parts = parts;
    m_isFile.clear();
    for (const FormPart &part : parts)
        m_isFile.append(!part.filePath.isEmpty());
    m_problemRow = -1;
    endResetModel();
    Q_EMIT changed();
}

void FormPartsModel::addFile(const QString &path)
{
    const int row = int(m_parts.size());
    beginInsertRows({}, row, row);
    FormPart part;
    part.name = "file";
    part.filePath = path;
    part.fileName = QFileInfo(path).fileName().toUtf8();
    part.type = formats::typeOfFile(path);
    m_parts.append(part);
    m_isFile.append(true);
    endInsertRows();
    Q_EMIT changed();
}

void FormPartsModel::removePart(int row)
{
    if (row < 0 || row >= m_parts.size())
        return;
    beginRemoveRows({}, row, row);
    m_parts.removeAt(row);
    m_isFile.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

void FormPartsModel::setProblem(int row, const QString &message)
{
    if (row == m_problemRow && message == m_problem)
        return;
    m_problemRow = row;
    m_problem = message;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FormPartsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_parts.size()) + 1;
}

int FormPartsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FormPartsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = Column(index.column());
    const bool isPart = index.row() < m_parts.size();
    const FormPart *part = isPart ? &m_parts.at(index.row()) : nullptr;
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return part                                     ? textOf(*part, column)
            : column == Name && role == Qt::DisplayRole ? tr("Add a part")
                                                        : QString();
    if (role == ProblemRole)
        return part && index.row() == m_problemRow;
    if (role == Qt::CheckStateRole && column == Kind && part)
        return m_isFile.at(index.row()) ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::ToolTipRole && part) {
        if (index.row() == m_problemRow)
            return m_problem;
        if (column == Kind)
            return tr("Checked: the content is a file, which is streamed");
        return textOf(*part, column);
    }
    return {};
}

QVariant FormPartsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles { tr("Name"), tr("File"), tr("Value or path"), tr("File name"),
        tr("Content type") };
    return titles.value(section);
}

Qt::ItemFlags FormPartsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    const bool isPart = index.row() < m_parts.size();
    if (index.column() == Kind)
        return isPart ? flags | Qt::ItemIsUserCheckable : flags;
    // Octets that are no text could only be spoiled by editing.
    if (isPart && index.column() == Content && !isText(m_parts.at(index.row()).value))
        return flags;
    return flags | Qt::ItemIsEditable;
}

bool FormPartsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    const auto column = Column(index.column());
    if (index.row() == m_parts.size()) {
        if (role != Qt::EditRole || value.toString().isEmpty())
            return false;
        beginInsertRows({}, index.row(), index.row()); // the empty row moves on
        FormPart part;
        part.name = "";
        m_parts.append(part);
        m_isFile.append(false);
        endInsertRows();
    }
    FormPart &part = m_parts[index.row()];
    if (role == Qt::CheckStateRole && column == Kind) {
        m_isFile[index.row()] = value.toInt() == Qt::Checked;
        setFile(part, value.toInt() == Qt::Checked);
    } else if (role == Qt::EditRole) {
        if (column == Content && m_isFile.at(index.row())) {
            part.filePath = value.toString();
            setFile(part, true);
        } else {
            setText(part, column, value.toString());
        }
    } else {
        return false;
    }
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    Q_EMIT changed();
    return true;
}

QString FormPartsModel::textOf(const FormPart &part, Column column) const
{
    switch (column) {
    case Name:
        return QString::fromUtf8(part.name);
    case Content:
        if (!part.filePath.isEmpty())
            return part.filePath;
        return isText(part.value) ? QString::fromUtf8(part.value)
                                  : tr("%1 octets that are no text").arg(part.value.size());
    case FileName:
        return QString::fromUtf8(part.fileName);
    case Type:
        return QString::fromUtf8(part.type);
    case Kind:
    case ColumnCount:
        break;
    }
    return {};
}

void FormPartsModel::setText(FormPart &part, Column column, const QString &text)
{
    const QByteArray octets = text.isEmpty() ? QByteArray("") : text.toUtf8();
    switch (column) {
    case Name:
        part.name = octets;
        break;
    case Content:
        part.value = octets;
        break;
    case FileName:
        part.fileName = text.isEmpty() ? QByteArray() : octets;
        break;
    case Type:
        part.type = octets;
        break;
    case Kind:
    case ColumnCount:
        break;
    }
}

// What was typed goes from one kind to the other; a file brings its name and type along.
void FormPartsModel::setFile(FormPart &part, bool isFile)
{
    if (!isFile) {
        part.value = part.filePath.toUtf8();
        part.filePath.clear();
        part.fileName = QByteArray();
        return;
    }
    if (part.filePath.isEmpty() && isText(part.value))
        part.filePath = QString::fromUtf8(part.value);
    part.value.clear();
    if (part.filePath.isEmpty())
        return;
    part.fileName = QFileInfo(part.filePath).fileName().toUtf8();
    if (part.type.isEmpty())
        part.type = formats::typeOfFile(part.filePath);
}

} // namespace headrace::ui
