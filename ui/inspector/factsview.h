#pragma once

#include "inspector/exchangefacts.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace headrace::ui {

class ElidedLabel;

/// One group of facts: a heading, and below it label and value a line. Values can be copied.
class FactsView : public QWidget
{
    Q_OBJECT

public:
    explicit FactsView(QWidget *parent = nullptr);

    void setGroup(const FactGroup &group); ///< The same group again changes nothing.

private:
    struct Row
    {
        ElidedLabel *label;
        ElidedLabel *value;
    };

    FactGroup m_group;
    QLabel *m_title;
    QGridLayout *m_grid;
    QList<Row> m_rows; ///< More than are shown, once there were more.
};

} // namespace headrace::ui
