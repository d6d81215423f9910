#pragma once

#include <exchange/wiremap.h>

#include <QAbstractTableModel>
#include <QList>

#include <memory>

namespace headrace::ui {

/** What one direction of an exchange is on the wire: heads, chunks, each trailer, in the order of its octets.
    Texts are made when they are asked for, so that a hundred thousand chunks cost little. */
class FramingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Time,
        Delta,
        Lasted,
        What,
        SizeLine,
        Extension,
        Offset,
        Octets,
        BodyOffset,
        Data
    };

    static constexpr int ColumnCount = Data + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /** Interim responses stand above the final one. An exchange that has grown only gets further rows: what is selected
        stays. The model keeps \a exchange and its \a map; neither is null. */
    void setExchange(std::shared_ptr<const exchange::Exchange> exchange,
        std::shared_ptr<const exchange::WireMap> map, exchange::Direction direction);

    int chunkCount() const; ///< With data.

    /// The octets of a row; nothing for a row that is not there.
    std::optional<exchange::WireSpan> span(int row) const;

    /// The row in which these octets begin; -1 for none.
    int rowOf(const exchange::WireSpan &span) const;

    /// The cells of a row as text, separated by tabs.
    QString line(int row) const;
    QString headerLine() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    /// A frame, or one line of the trailers.
    struct Row
    {
        int message = -1;
        int frame = 0;
        int trailer = -1; ///< -1: the frame itself.
        int chunk = -1; ///< Its number, from 0.

        bool operator==(const Row &) const = default;
    };

    QList<Row> rowsOf(const exchange::WireMap &map, exchange::Direction direction);
    const exchange::Message &messageOf(const Row &row) const;
    const exchange::Frame &frameOf(const Row &row) const;
    qint64 beginTime(const Row &row) const;
    qint64 endTime(const Row &row) const;
    QString text(int row, int column) const;
    QString whatText(const Row &row) const;
    QString extensionText(const Row &row) const;

    std::shared_ptr<const exchange::Exchange> m_exchange;
    exchange::Direction m_direction = exchange::Direction::Request;
    std::shared_ptr<const exchange::WireMap> m_map;
    QList<Row> m_rows;
    int m_chunks = 0;
};

} // namespace headrace::ui
