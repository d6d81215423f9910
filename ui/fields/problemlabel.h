#pragma once

#include <QLabel>

namespace headrace::ui {

/// One sentence under the field that it is about, with a mark; takes no room while there is nothing to say.
class ProblemLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget *parent = nullptr);

    void setProblem(const QString &message); ///< Empty hides it.
    QString problem() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    QString m_problem;
};

/// Draws the frame of an input in the colour of an error, or takes that back.
void markInvalid(QWidget *input, bool isInvalid);

} // namespace headrace::ui
