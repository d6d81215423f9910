#pragma once

#include <QSplitter>

namespace headrace::ui {

/// A splitter whose parts lie side by side where there is room, and under each other where there is not.
class AdaptiveSplitter : public QSplitter
{
    Q_OBJECT

public:
    /// \a switchWidth: from this width on the parts lie side by side. Unit: pixels.
    explicit AdaptiveSplitter(int switchWidth, QWidget *parent = nullptr);

Q_SIGNALS:
    void orientationChanged(Qt::Orientation orientation);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int m_switchWidth;
};

} // namespace headrace::ui
