#pragma once

#include <exchange/framing.h>

#include <QAbstractTableModel>
#include <QList>

namespace headrace::ui {

/// What one direction of an exchange is on the wire: heads, chunks, trailers, in the order of its octets.
class FramingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Time,
        What,
        SizeLine,
        Offset,
        Octets,
        BodyOffset,
        Data
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Interim responses stand above the final one.
    void setExchange(const exchange::Exchange &exchange, exchange::Direction direction);

    int chunkCount() const; ///< With data.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        exchange::Frame frame;
        QString what;
    };

    void addMessage(const exchange::Message &message, qint64 offset);
    QString text(const Row &row, int column) const;

    QList<Row> m_rows;
    int m_chunks = 0;
};

} // namespace headrace::ui
