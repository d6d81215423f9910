#include "inspector/jsontreemodel.h"

#include "shell/format.h"

#include <algorithm>

namespace headrace::ui {

using exchange::JsonType;
using exchange::JsonValue;

namespace {

constexpr qint64 CopyLimit = 16 * 1024 * 1024;

QString countText(qint64 count) { return formatCount(count); }

QString typeName(JsonType type)
{
    switch (type) {
    case JsonType::Object:
        return JsonTreeModel::tr("object");
    case JsonType::Array:
        return JsonTreeModel::tr("array");
    case JsonType::String:
        return JsonTreeModel::tr("string");
    case JsonType::Number:
        return JsonTreeModel::tr("number");
    case JsonType::True:
    case JsonType::False:
        return JsonTreeModel::tr("boolean");
    case JsonType::Null:
        return JsonTreeModel::tr("null");
    }
    return {};
}

/// ".name" or "[\"any name\"]", as jq has it: its strings are JSON's.
QString jqStep(const QByteArray &name)
{
    const QString step = exchange::jsonPathOf(name);
    return step.startsWith(u'.') ? step : u'[' + QString::fromUtf8(name) + u']';
}

QString jsonPathStep(const QByteArray &name) { return exchange::jsonPathOf(name); }

} // namespace

bool JsonTreeModel::Node::isOpenable() const
{
    return run || (value.isContainer() && value.count != 0);
}

qint64 JsonTreeModel::Node::begin() const
{
    return run ? run->begin : value.nameBegin >= 0 ? value.nameBegin : value.begin;
}

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

JsonTreeModel::~JsonTreeModel() { *m_isCanceled = true; }

void JsonTreeModel::setSource(const exchange::OctetSourcePointer &source)
{
    cancel();
    beginResetModel();
    m_tree.emplace(source);
    m_top.children.clear();
    m_top.state = Node::State::Reading;
    m_error.clear();
    endResetModel();
    ++m_reading;
    m_background.run(
        [tree = *m_tree, flag = m_isCanceled] {
            Answer answer;
            answer.root = tree.root(&answer.fault, flag.get());
            if (answer.root && answer.root->isContainer())
                answer.children = tree.children(*answer.root, flag.get());
            return answer;
        },
        [this, flag = m_isCanceled](const Answer &answer) {
            if (*flag)
                return;
            --m_reading;
            m_top.state = Node::State::Read;
            if (answer.root) {
                beginInsertRows({}, 0, 0);
                auto root = std::make_unique<Node>();
                root->parent = &m_top;
                root->value = *answer.root;
                root->state = Node::State::Reading; // what is in it comes at once
                root->value.count = answer.children.count;
                m_top.children.push_back(std::move(root));
                endInsertRows();
                take(m_top.children.front().get(), answer);
            }
            if (!answer.fault.message.isEmpty())
                setFault(answer.fault);
            Q_EMIT rootRead();
            goOnRevealing();
        });
}

void JsonTreeModel::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_revealing.reset();
    m_reading = 0;
}

QString JsonTreeModel::error() const { return m_error; }

bool JsonTreeModel::isRootRead() const { return m_top.state == Node::State::Read; }

bool JsonTreeModel::isBusy() const { return m_reading > 0; }

void JsonTreeModel::setFault(const exchange::JsonFault &fault)
{
    if (m_error.isEmpty())
        m_error = tr("Octet %1: %2. What comes before it is shown.")
                      .arg(countText(fault.offset), fault.message);
}

void JsonTreeModel::read(Node *node)
{
    node->state = Node::State::Reading;
    ++m_reading;
    m_background.run(
        [tree = *m_tree, value = node->value, run = node->run, flag = m_isCanceled] {
            Answer answer;
            if (run)
                answer.children.values = tree.values(value.type, *run, flag.get());
            else
                answer.children = tree.children(value, flag.get());
            return answer;
        },
        [this, node, flag = m_isCanceled](const Answer &answer) {
            if (*flag)
                return;
            --m_reading;
            take(node, answer);
            goOnRevealing();
        });
}

void JsonTreeModel::take(Node *node, const Answer &answer)
{
    node->state = Node::State::Read;
    const qint64 first = node->run ? node->run->first : 0;
    std::vector<std::unique_ptr<Node>> children;
    const auto add = [&](const JsonValue &value, qint64 number) {
        auto child = std::make_unique<Node>();
        child->parent = node;
        child->row = int(children.size());
        child->number = number;
        child->value = value;
        children.push_back(std::move(child));
    };
    for (const JsonValue &value : answer.children.values)
        add(value, first + qint64(children.size()));
    for (const exchange::JsonRun &run : answer.children.runs) {
        add(node->value, run.first);
        children.back()->run = run;
    }
    if (!children.empty()) {
        beginInsertRows(indexOf(node), 0, int(children.size()) - 1);
        node->children = std::move(children);
        endInsertRows();
    }
    if (answer.children.fault)
        setFault(*answer.children.fault);
    if (node->parent)
        Q_EMIT dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
}

void JsonTreeModel::reveal(qint64 offset)
{
    m_revealing = offset;
    goOnRevealing();
}

void JsonTreeModel::goOnRevealing()
{
    if (!m_revealing || m_top.children.empty())
        return;
    Node *node = m_top.children.front().get();
    while (node->isOpenable()) {
        if (node->state == Node::State::Unread)
            read(node);
        if (node->state == Node::State::Reading)
            return; // take() comes back here
        const auto after = std::partition_point(node->children.begin(), node->children.end(),
            [this](const auto &child) { return child->begin() <= *m_revealing; });
        if (after == node->children.begin())
            break;
        Node *child = std::prev(after)->get();
        const qint64 end = child->run ? child->run->end : child->value.end;
        if (*m_revealing >= end)
            break;
        node = child;
    }
    m_revealing.reset();
    Q_EMIT revealed(indexOf(node));
}

QStringList JsonTreeModel::stepsTo(Node *node, QString (*ofName)(const QByteArray &)) const
{
    QStringList steps;
    for (; node && node->parent && node->parent != &m_top; node = node->parent) {
        if (node->run)
            continue;
        steps.prepend(node->value.nameBegin >= 0 ? ofName(node->value.name)
                                                 : exchange::jsonPathOf(node->number));
    }
    return steps;
}

QString JsonTreeModel::jsonPath(const QModelIndex &index) const
{
    return u'$' + stepsTo(nodeOf(index), jsonPathStep).join(QString());
}

QString JsonTreeModel::jqPath(const QModelIndex &index) const
{
    const QString steps = stepsTo(nodeOf(index), jqStep).join(QString());
    return steps.startsWith(u'.') ? steps : u'.' + steps;
}

QString JsonTreeModel::json(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    const qint64 begin = node->run ? node->run->begin : node->value.begin;
    const qint64 end = node->run ? node->run->end : node->value.end;
    return QString::fromUtf8(m_tree->source()->read(begin, std::min(end - begin, CopyLimit)));
}

QString JsonTreeModel::plainValue(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    const QString text = json(index);
    const bool isString = !node->run && node->value.type == JsonType::String;
    return isString ? exchange::jsonStringValue(text.toUtf8()) : text;
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer())
                           : const_cast<Node *>(&m_top);
}

QModelIndex JsonTreeModel::indexOf(Node *node, int column) const
{
    return node == &m_top ? QModelIndex() : createIndex(node->row, column, node);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || row >= int(node->children.size()) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, node->children.at(size_t(row)).get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeOf(index)->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const { return ColumnCount; }

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (parent.column() > 0)
        return false;
    return node == &m_top || node->state == Node::State::Read ? !node->children.empty()
                                                              : node->isOpenable();
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node != &m_top && node->state == Node::State::Unread && node->isOpenable();
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        read(nodeOf(parent));
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return shown(node, index.column());
    case Qt::ToolTipRole:
        return index.column() == TypeColumn ? QVariant() : shown(node, index.column());
    case TypeRole:
        return node.run ? -1 : int(node.value.type);
    default:
        return {};
    }
}

QVariant JsonTreeModel::shown(const Node &node, int column) const
{
    if (node.run) {
        if (column == NameColumn)
            return tr("[%1 … %2]")
                .arg(countText(node.run->first), countText(node.run->first + node.run->count - 1));
        return column == TypeColumn ? tr("%1 values").arg(countText(node.run->count)) : QString();
    }
    const JsonValue &value = node.value;
    switch (column) {
    case NameColumn:
        if (node.parent == &m_top)
            return QStringLiteral("$");
        return value.nameBegin >= 0 ? exchange::jsonStringValue(value.name)
                                    : countText(node.number);
    case ValueColumn:
        if (value.isContainer())
            return value.type == JsonType::Object
                ? value.count == 0 ? QStringLiteral("{}") : QStringLiteral("{…}")
                : value.count == 0 ? QStringLiteral("[]")
                                   : QStringLiteral("[…]");
        return QString::fromUtf8(value.text)
            + (value.text.size() < value.end - value.begin ? QStringLiteral("…") : QString());
    default:
        if (value.isContainer())
            return QStringLiteral("%1 · %2").arg(typeName(value.type), countText(value.count));
        if (value.type == JsonType::String)
            return tr("%1 · %2 B")
                .arg(typeName(value.type),
                    countText(std::max<qint64>(0, value.end - value.begin - 2)));
        return typeName(value.type);
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    case TypeColumn:
        return tr("Type");
    default:
        return {};
    }
}

} // namespace headrace::ui
