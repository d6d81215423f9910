#pragma once

#include "shell/background.h"
#include "shell/theme.h"
#include "traffic/bodysaver.h"
#include "traffic/trafficactions.h"

#include <exchange/store.h>
#include <formats/code.h>

namespace headrace::ui {

/** Does what the actions of the traffic list ask for, as far as it is done here; the rest is emitted.
    Heads and bodies are read beside the GUI thread. */
class TrafficCommands : public QObject
{
    Q_OBJECT

public:
    /// Both are borrowed and outlive this.
    TrafficCommands(TrafficView *view, TrafficActions *actions, QObject *parent = nullptr);

    void run(TrafficActions::What what);
    void setMark(exchange::Mark mark);
    void fillFieldMenu(QMenu *menu);
    void cancelSaving();

Q_SIGNALS:
    void openInComposerRequested(headrace::exchange::ExchangeId id);
    void resendRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void replayRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void removeRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void exportRequested(const QList<headrace::exchange::ExchangeId> &ids);
    void clearRequested();
    void filterRequested(const QString &text); ///< To be added to the filter there is.

    /// What is to be told in place; an empty \a text: nothing any more.
    void noticed(headrace::ui::Theme::Tone tone, const QString &text, bool isCancelable);

private:
    void copyUrls();
    void copyAs(formats::CodeTarget target);
    void copyRaw(int message);
    void chooseFile(int message);
    void chooseFolder(int message, const QList<exchange::ExchangeId> &ids);
    void editNote();
    void compare();
    void filterBy(exchange::FilterField field);
    QRect placeOfCurrent() const; ///< Global.

    TrafficView *m_view;
    TrafficActions *m_actions;
    exchange::Store *m_store;
    BodySaver m_saver;
    Background m_background;
};

} // namespace headrace::ui
