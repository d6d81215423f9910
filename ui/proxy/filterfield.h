#pragma once

#include <exchange/filtercompletion.h>

#include <QWidget>

#include <functional>

namespace headrace::ui {

class FilterEdit;
class ProblemLabel;

/// A filter as part of a form: with completions, and below it what is wrong.
class FilterField : public QWidget
{
    Q_OBJECT

public:
    explicit FilterField(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);

    /// See FilterEdit::setValueSource().
    void setValueSource(std::function<exchange::FilterValues()> source);

    FilterEdit *edit() const;

Q_SIGNALS:
    void changed();

private:
    void check();

    FilterEdit *m_edit;
    ProblemLabel *m_problem;
};

} // namespace headrace::ui
