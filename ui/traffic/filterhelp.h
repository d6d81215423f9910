#pragma once

#include <QDialog>

class QTreeWidget;
class QTreeWidgetItem;

namespace headrace::ui {

/// What can be written as a filter, by examples. One that is activated is emitted, and the dialog stays.
class FilterHelp : public QDialog
{
    Q_OBJECT

public:
    explicit FilterHelp(QWidget *parent = nullptr);

    QStringList examples() const;

Q_SIGNALS:
    void exampleChosen(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyStyle();

    QTreeWidget *m_list;
};

} // namespace headrace::ui
