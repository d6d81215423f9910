#pragma once

#include <QJsonArray>
#include <QStringList>

namespace headrace::ui {

/// The filters that were used last, the newest first; each once.
class FilterHistory
{
public:
    static constexpr qsizetype Limit = 50;

    const QStringList &texts() const;
    void add(const QString &text); ///< Blank text is left out.
    void clear();

    QJsonArray toJson() const;
    static FilterHistory fromJson(const QJsonArray &json); ///< What is no text is left out.

private:
    QStringList m_texts;
};

} // namespace headrace::ui
