#pragma once

#include "widgets/switchtable.h"

namespace headrace::ui {

class RouteListModel;

/// The routes of a mock server.
class RouteListView : public SwitchTable
{
    Q_OBJECT

public:
    explicit RouteListView(RouteListModel *model, QWidget *parent = nullptr);
};

} // namespace headrace::ui
