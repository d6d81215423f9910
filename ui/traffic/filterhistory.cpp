#include "traffic/filterhistory.h"

namespace headrace::ui {

const QStringList &FilterHistory::texts() const { return m_texts; }

void FilterHistory::add(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return;
    m_texts.removeAll(trimmed);
    m_texts.prepend(trimmed);
    m_texts = m_texts.mid(0, Limit);
}

void FilterHistory::clear() { m_texts.clear(); }

QJsonArray FilterHistory::toJson() const { return QJsonArray::fromStringList(m_texts); }

FilterHistory FilterHistory::fromJson(const QJsonArray &json)
{
    FilterHistory history;
    for (qsizetype i = json.size() - 1; i >= 0; --i)
        history.add(json[i].toString());
    return history;
}

} // namespace headrace::ui
