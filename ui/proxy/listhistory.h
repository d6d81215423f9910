#pragma once

#include <QList>

#include <utility>

namespace headrace::ui {

/// The way back of a list that is edited: what it was before each step. Lists share their data, so a step is cheap.
template <class Item>
class ListHistory
{
public:
    static constexpr qsizetype MostSteps = 200;

    /// To be called before a step, with what the list is. Steps of one \a kind (not 0) that follow each other are one.
    void remember(const QList<Item> &before, int kind = 0)
    {
        m_redo.clear();
        if (kind != 0 && kind == std::exchange(m_kind, kind))
            return;
        m_kind = kind;
        m_undo.append(before);
        if (m_undo.size() > MostSteps)
            m_undo.removeFirst();
    }

    bool canUndo() const { return !m_undo.isEmpty(); }

    bool canRedo() const { return !m_redo.isEmpty(); }

    /// What the list was; while canUndo().
    QList<Item> undo(const QList<Item> &now) { return step(m_undo, m_redo, now); }

    QList<Item> redo(const QList<Item> &now) { return step(m_redo, m_undo, now); }

    void clear()
    {
        m_undo.clear();
        m_redo.clear();
        m_kind = 0;
    }

private:
    QList<Item> step(QList<QList<Item>> &from, QList<QList<Item>> &to, const QList<Item> &now)
    {
        m_kind = 0;
        to.append(now);
        return from.takeLast();
    }

    QList<QList<Item>> m_undo;
    QList<QList<Item>> m_redo;
    int m_kind = 0;
};

} // namespace headrace::ui
