#pragma once

#include "shell/background.h"

#include <exchange/jsontree.h>

#include <QAbstractItemModel>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace headrace::ui {

/** A JSON text of any size as a tree. What is in an object or array is read when it is opened, beside the GUI
    thread; more than JsonTree::RunLength values lie in runs of that length: "[1,000 … 1,999]". Memory: that of what was
    opened. Thread: GUI. */
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        ValueColumn,
        TypeColumn,
        ColumnCount
    };

    enum Role
    {
        TypeRole = Qt::UserRole, ///< exchange::JsonType as int; -1: a run.
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    /// rootRead() follows.
    void setSource(const exchange::OctetSourcePointer &source);
    void cancel();

    /// What is wrong with the text, for people; empty if nothing, or not known yet.
    QString error() const;

    /// Opens what the octet at \a offset belongs to, level by level; revealed() follows.
    void reveal(qint64 offset);

    QString jsonPath(const QModelIndex &index) const; ///< "$.items[3].name", RFC 9535.
    QString jqPath(const QModelIndex &index) const; ///< ".items[3].name"

    /// As it is spelled, at most 16 MiB; of a string alone also without quotes and escapes. Reads it at once.
    QString json(const QModelIndex &index) const;
    QString plainValue(const QModelIndex &index) const;

    bool isRootRead() const;
    bool isBusy() const; ///< Something is being read.

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void rootRead(); ///< The first level is here, or error() says why not.
    void revealed(const QModelIndex &index);

private:
    /// A value, or a run of them.
    struct Node
    {
        enum class State
        {
            Unread,
            Reading,
            Read
        };

        Node *parent = nullptr;
        int row = 0;
        qint64 number = 0; ///< Among the values of its container.
        exchange::JsonValue value; ///< Of a run: of its container.
        std::optional<exchange::JsonRun> run;
        State state = State::Unread;
        std::vector<std::unique_ptr<Node>> children;

        bool isOpenable() const;
        qint64 begin() const; ///< Of its name, if it has one.
    };

    /// What was read of a node.
    struct Answer
    {
        std::optional<exchange::JsonValue> root;
        exchange::JsonChildren children;
        exchange::JsonFault fault;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(Node *node, int column = 0) const;
    void read(Node *node);
    void take(Node *node, const Answer &answer);
    void setFault(const exchange::JsonFault &fault);
    void goOnRevealing();
    QStringList stepsTo(Node *node, QString (*ofName)(const QByteArray &)) const;
    QVariant shown(const Node &node, int column) const;

    std::optional<exchange::JsonTree> m_tree;
    Node m_top; ///< Not shown: its one child is the whole.
    QString m_error;
    std::optional<qint64> m_revealing;
    int m_reading = 0;
    Flag m_isCanceled;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
