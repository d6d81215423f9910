#pragma once

#include <QJsonArray>
#include <QList>
#include <QString>

namespace headrace::ui {

struct SavedFilter
{
    QString name;
    QString text;

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// Filters that the user keeps by a name, in order of name. Names differ in more than case.
class SavedFilters
{
public:
    static constexpr qsizetype Limit = 200; ///< Beyond it, nothing is added.

    const QList<SavedFilter> &all() const;
    bool hasName(const QString &name) const;
    QString nameOf(
        const QString &text) const; ///< Of the first with that text; empty if there is none.

    void save(const QString &name, const QString &text); ///< In the place of one of that name.
    void rename(
        const QString &name, const QString &newName); ///< In the place of one of the new name.
    void remove(const QString &name);

    QJsonArray toJson() const;
    static SavedFilters fromJson(
        const QJsonArray &json); ///< What has no name or no text is left out.

private:
    QList<SavedFilter> m_filters;
};

} // namespace headrace::ui
