#pragma once

#include "inspector/bodyform.h"
#include "shell/background.h"

class QTableView;

namespace headrace::ui {

class FormFieldModel;

/// A form (application/x-www-form-urlencoded) as a table.
class FormFieldsForm : public BodyForm
{
    Q_OBJECT

public:
    explicit FormFieldsForm(QWidget *parent);

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override; ///< Names and values, decoded, a pair a line, with a tab between.

    FormFieldModel *model() const;

private:
    void copySelected();

    QTableView *m_table;
    FormFieldModel *m_model;
    quint64 m_generation = 0; ///< Of what is waited for.
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
