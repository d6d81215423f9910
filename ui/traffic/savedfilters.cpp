#include "traffic/savedfilters.h"

#include <QJsonObject>

#include <algorithm>

namespace headrace::ui {

namespace {

const QString NameKey = QStringLiteral("name");
const QString TextKey = QStringLiteral("text");

bool isNamed(const SavedFilter &filter, const QString &name)
{
    return filter.name.compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

const QList<SavedFilter> &SavedFilters::all() const { return m_filters; }

bool SavedFilters::hasName(const QString &name) const
{
    return std::any_of(m_filters.cbegin(), m_filters.cend(),
        [&name](const SavedFilter &filter) { return isNamed(filter, name.trimmed()); });
}

QString SavedFilters::nameOf(const QString &text) const
{
    for (const SavedFilter &filter : m_filters) {
        if (filter.text == text.trimmed())
            return filter.name;
    }
    return {};
}

void SavedFilters::save(const QString &name, const QString &text)
{
    const SavedFilter filter { name.trimmed(), text.trimmed() };
    if (filter.name.isEmpty() || filter.text.isEmpty())
        return;
    remove(filter.name);
    if (m_filters.size() >= Limit)
        return;
    const auto place = std::upper_bound(m_filters.begin(), m_filters.end(), filter,
        [](const SavedFilter &left, const SavedFilter &right) {
            return left.name.compare(right.name, Qt::CaseInsensitive) < 0;
        });
    m_filters.insert(place, filter);
}

void SavedFilters::rename(const QString &name, const QString &newName)
{
    const auto found = std::find_if(m_filters.cbegin(), m_filters.cend(),
        [&name](const SavedFilter &filter) { return isNamed(filter, name); });
    if (found == m_filters.cend() || newName.trimmed().isEmpty())
        return;
    const QString text = found->text;
    remove(name);
    save(newName, text);
}

void SavedFilters::remove(const QString &name)
{
    m_filters.removeIf([&name](const SavedFilter &filter) { return isNamed(filter, name); });
}

QJsonArray SavedFilters::toJson() const
{
    QJsonArray json;
    for (const SavedFilter &filter : m_filters)
        json.append(QJsonObject { { NameKey, filter.name }, { TextKey, filter.text } });
    return json;
}

SavedFilters SavedFilters::fromJson(const QJsonArray &json)
{
    SavedFilters filters;
    for (const auto &value : json)
        filters.save(value[NameKey].toString(), value[TextKey].toString());
    return filters;
}

} // namespace headrace::ui
