#pragma once

#include <session/proxycontrol.h>

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <optional>

namespace headrace::ui {

/** The exchanges that wait for the user, in the order in which they came, with what he has made of each so far:
    edits stay while others come and go. One that is gone stays, and says so, until it is dismissed. */
class HeldModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        MethodColumn,
        HostColumn,
        PathColumn,
        StageColumn,
        SinceColumn,
        ColumnCount
    };

    enum Role
    {
        IsGoneRole = Qt::UserRole + 1, ///< bool
        IsEditedRole, ///< bool
    };

    explicit HeldModel(QObject *parent = nullptr);

    /// Shows what \a control holds, and hands on what is decided. Borrowed; it may be null.
    void setControl(session::ProxyControl *control);

    /// Those that are new come at the end, those that are no longer there go.
    void setHeld(const QList<session::HeldExchange> &held);
    void add(const session::HeldExchange &held);
    void change(const session::HeldExchange &held); ///< Edits stay.
    void remove(session::HoldId id); ///< Nothing happens if there is none.

    /// Those that wait: without those that are gone.
    int waitingCount() const;

    const session::HeldExchange &held(int row) const;
    int rowOf(session::HoldId id) const; ///< -1: there is none.

    /// What would go on: the message held, with the edits.
    proxy::TransitMessage message(session::HoldId id) const;
    proxy::TransitMessage original(session::HoldId id) const;
    void setMessage(session::HoldId id, const proxy::TransitMessage &message);
    bool isEdited(session::HoldId id) const;

    /// An answer that the user began to write for it; nothing: he did not.
    std::optional<proxy::TransitMessage> answer(session::HoldId id) const;
    void setAnswer(session::HoldId id, const std::optional<proxy::TransitMessage> &answer);

    // Decisions. Those that are gone can only be dismissed.
    void resume(session::HoldId id); ///< With the edits, if there are any.
    void resumeAll(); ///< Each with its edits.
    void drop(session::HoldId id);
    void sendAnswer(session::HoldId id); ///< The one of answer().
    void dismiss(session::HoldId id);
    void dismissGone(); ///< All that are gone.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countChanged(); ///< waitingCount(), or the rows.

    void resumeRequested(
        headrace::session::HoldId id, const headrace::proxy::TransitMessage &message);
    void resumeUnchangedRequested(headrace::session::HoldId id);
    void resumeAllRequested();
    void dropRequested(headrace::session::HoldId id);
    void answerRequested(
        headrace::session::HoldId id, const headrace::proxy::TransitMessage &response);

private:
    struct Row
    {
        session::HeldExchange held;
        std::optional<proxy::TransitMessage> edited;
        std::optional<proxy::TransitMessage> answer;
    };

    bool isWaiting(session::HoldId id) const;
    const Row *find(session::HoldId id) const;
    QString text(const Row &row, int column) const;
    void showTimes();

    QList<Row> m_rows;
    QTimer m_clock; ///< Runs while something is held.
};

QString displayName(proxy::Stage stage); ///< "request head"

/// "12 s", "3 min": how long it is since \a since.
QString waitingTime(const QDateTime &since, const QDateTime &now);

} // namespace headrace::ui
