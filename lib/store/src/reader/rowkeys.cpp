#include "reader/rowkeys.h"

#include <algorithm>
#include <compare>
#include <cstring>

namespace headrace::store {

using exchange::SortKey;

namespace {

constexpr qsizetype comparedOctets = 512; // of a text: a million rows must fit into memory

// So that texts compare by their first eight octets as numbers do.
qint64 prefixOf(QByteArrayView text)
{
    quint64 prefix = 0;
    for (qsizetype i = 0; i < 8; ++i)
        prefix = (prefix << 8) | (i < text.size() ? quint8(text[i]) : 0);
    return qint64(prefix ^ (quint64(1) << 63)); // signed order
}

} // namespace

RowKeys::RowKeys(Connection &connection, SortKey key)
{
    switch (key) {
    case SortKey::Number:
        return;
    case SortKey::Time:
        m_kind = Kind::Number;
        m_column = "began";
        return;
    case SortKey::Source:
        m_kind = Kind::Number;
        m_column = "source";
        return;
    case SortKey::Status:
        m_kind = Kind::Number;
        m_column = "status";
        return;
    case SortKey::RequestSize:
        m_kind = Kind::Number;
        m_column = "request_octets";
        return;
    case SortKey::ResponseSize:
        m_kind = Kind::Number;
        m_column = "response_octets";
        return;
    case SortKey::Duration:
        m_kind = Kind::Number;
        m_column = "duration";
        return;
    case SortKey::Pattern:
        m_kind = Kind::Number;
        m_column = "pattern";
        return;
    case SortKey::Mark:
        m_kind = Kind::Number;
        m_column = "mark";
        return;
    case SortKey::Method:
        m_kind = Kind::Word;
        m_column = "method";
        break;
    case SortKey::Scheme:
        m_kind = Kind::Word;
        m_column = "scheme";
        break;
    case SortKey::Host:
        m_kind = Kind::Word;
        m_column = "host";
        break;
    case SortKey::Type:
        m_kind = Kind::Word;
        m_column = "type";
        break;
    case SortKey::Path:
        m_kind = Kind::Text;
        m_column = "target";
        return;
    case SortKey::Note:
        m_kind = Kind::Text;
        m_column = "ifnull(note, '')";
        return;
    }
    readRanks(connection);
}

void RowKeys::readRanks(Connection &connection)
{
    Statement words = connection.prepare("SELECT id FROM word ORDER BY text");
    while (words.step())
        m_ranks.insert(words.number(0), m_ranks.size());
}

void RowKeys::add(const Statement &row)
{
    Key key;
    key.id = exchange::ExchangeId(row.number(0));
    switch (m_kind) {
    case Kind::Id:
        break;
    case Kind::Number:
        key.number = row.number(1);
        break;
    case Kind::Word:
        key.number = m_ranks.value(row.number(1));
        break;
    case Kind::Text: {
        const QByteArrayView whole = row.octets(1);
        const QByteArrayView text = whole.first(std::min(whole.size(), comparedOctets));
        key.number = prefixOf(text);
        key.textAt = m_texts.size();
        key.textSize = quint32(text.size());
        m_texts.append(text.data(), text.size());
        break;
    }
    }
    m_keys.push_back(key);
}

std::strong_ordering RowKeys::compare(const Key &one, const Key &other) const
{
    if (const auto order = one.number <=> other.number; order != 0)
        return order;
    const quint32 common = std::min(one.textSize, other.textSize);
    const int order = common == 0
        ? 0
        : std::memcmp(m_texts.constData() + one.textAt, m_texts.constData() + other.textAt, common);
    return order != 0 ? order <=> 0 : one.textSize <=> other.textSize;
}

QList<exchange::ExchangeId> RowKeys::sorted(bool isDescending)
{
    if (m_kind == Kind::Id) {
        std::sort(m_keys.begin(), m_keys.end(), [isDescending](const Key &one, const Key &other) {
            return isDescending ? one.id > other.id : one.id < other.id;
        });
    } else {
        std::sort(
            m_keys.begin(), m_keys.end(), [this, isDescending](const Key &one, const Key &other) {
                const auto order = compare(one, other);
                if (order != 0)
                    return isDescending ? order > 0 : order < 0;
                return one.id < other.id;
            });
    }
    QList<exchange::ExchangeId> ids;
    ids.reserve(qsizetype(m_keys.size()));
    for (const Key &key : m_keys)
        ids.append(key.id);
    return ids;
}

} // namespace headrace::store
