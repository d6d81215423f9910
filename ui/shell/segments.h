#pragma once

#include <QWidget>

class QButtonGroup;

namespace headrace::ui {

/// A row of buttons of which one is down: a choice of few. Left and right keys move.
class Segments : public QWidget
{
    Q_OBJECT

public:
    explicit Segments(const QStringList &texts, QWidget *parent = nullptr);

    int current() const;
    void setCurrent(int index); ///< Emits currentChanged() if it changes.
    void setSegmentEnabled(int index, bool isEnabled);
    void setSegmentVisible(int index, bool isVisible);
    void setSegmentToolTip(int index, const QString &text);
    bool isSegmentEnabled(int index) const;

Q_SIGNALS:
    void currentChanged(int index);
    void clicked(int index); ///< By the user only.

private:
    QButtonGroup *m_group;
};

} // namespace headrace::ui
