#pragma once

#include "fakestore.h"

#include <traffic/trafficactions.h>
#include <traffic/trafficmodel.h>
#include <traffic/trafficpanel.h>
#include <traffic/trafficview.h>

#include <QAction>
#include <QTest>

#include <memory>

namespace headrace::test {

/// A traffic panel in sight, over so many exchanges that are made up. Its filters look at nothing but `status`.
struct TrafficFixture
{
    explicit TrafficFixture(qsizetype count)
        : store(count)
    {
        store.matches = [](const exchange::Filter &filter, const exchange::Summary &summary) {
            return filter.toString().contains(QString::number(summary.statusCode))
                || filter.toString().contains(summary.host);
        };
        panel = std::make_unique<ui::TrafficPanel>(&store);
        panel->resize(1100, 400);
        panel->show();
        (void)QTest::qWaitForWindowActive(panel.get());
        settle();
    }

    /// Waits until the answer to the query is complete.
    void settle()
    {
        (void)QTest::qWaitFor([this] { return !model()->feed()->isSearching(); });
    }

    void trigger(ui::TrafficActions::What what) { panel->actions()->action(what)->trigger(); }

    ui::TrafficView *view() const { return panel->view(); }

    ui::TrafficModel *model() const { return panel->view()->trafficModel(); }

    QList<exchange::ExchangeId> ids() const
    {
        QList<exchange::ExchangeId> ids;
        for (int row = 0; row < model()->rowCount(); ++row)
            ids += model()->idAt(row);
        return ids;
    }

    FakeStore store;
    std::unique_ptr<ui::TrafficPanel> panel;
};

} // namespace headrace::test
