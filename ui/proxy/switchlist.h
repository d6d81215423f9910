#pragma once

#include "widgets/switchtable.h"

namespace headrace::ui {

/// The rules or the breakpoints of a proxy: see SwitchListModel.
class SwitchList : public SwitchTable
{
    Q_OBJECT

public:
    /// See SwitchTable. Rows can be dragged to another place if \a model lets them.
    SwitchList(QAbstractItemModel *model, int stretched, QWidget *parent = nullptr);
};

} // namespace headrace::ui
