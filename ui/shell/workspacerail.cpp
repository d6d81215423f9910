#include "shell/workspacerail.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int Width = 68;
constexpr int ButtonHeight = 52;
constexpr int PictureSize = 20;
constexpr int MarkWidth = 3;

/// Icon over label; the one that is on is marked by a line at its left as well as by its colour.
class RailButton : public QToolButton
{
public:
    explicit RailButton(QWidget *parent)
        : QToolButton(parent)
    {
        setFixedSize(Width - 1, ButtonHeight);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const bool isOn = isChecked();
        const QColor text = palette().color(QPalette::ButtonText);
        if (isDown() || underMouse()) {
            QColor ground = text;
            ground.setAlphaF(isDown() ? 0.12F : 0.06F);
            painter.fillRect(rect(), ground);
        }
        if (isOn)
            painter.fillRect(QRect(0, 8, MarkWidth, height() - 16), Theme::accentColor(palette()));
        const QColor ink = isOn ? Theme::accentColor(palette()) : Theme::mutedColor(palette());
        const bool hasText = !label().isEmpty();
        const int textHeight = hasText ? fontMetrics().height() : 0;
        const int top = (height() - PictureSize - (hasText ? 4 : 0) - textHeight) / 2;
        // In the colour of the label, not of the buttons elsewhere.
        ui::icon(m_iconName, ink)
            .paint(&painter, QRect((width() - PictureSize) / 2, top, PictureSize, PictureSize));
        if (hasText) {
            painter.setPen(isOn ? text : ink);
            painter.drawText(QRect(0, top + PictureSize + 4, width(), textHeight),
                int(Qt::AlignHCenter) | Qt::TextHideMnemonic, label());
        }
        if (hasFocus()) {
            QStyleOption option;
            option.initFrom(this);
            option.rect = rect().adjusted(4, 2, -4, -2);
            style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
        }
    }

public:
    void setIconName(const QString &name) { m_iconName = name; }

private:
    QString label() const
    {
        return toolButtonStyle() == Qt::ToolButtonIconOnly ? QString() : text();
    }

    QString m_iconName;
};

} // namespace

WorkspaceRail::WorkspaceRail(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setFixedWidth(Width);
    setAccessibleName(tr("Workspaces"));
    m_layout->setContentsMargins(0, 4, 1, 4);
    m_layout->setSpacing(0);
    m_layout->addStretch(1);
}

void WorkspaceRail::addWorkspace(QAction *action)
{
    auto *button = new RailButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconName(action->data().toString());
    button->setAccessibleName(action->text());
    m_layout->insertWidget(m_count++, button);
}

void WorkspaceRail::setMenu(QMenu *menu)
{
    auto *button = new RailButton(this);
    button->setText(menu->title());
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconName(QStringLiteral("settings"));
    button->setToolTip(menu->title());
    button->setAccessibleName(menu->title());
    connect(button, &QToolButton::clicked, this, [button, menu] {
        const QSize size = menu->sizeHint();
        menu->popup(button->mapToGlobal(QPoint(button->width(), button->height() - size.height())));
    });
    m_layout->addWidget(button);
}

void WorkspaceRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::separatorColor(palette()));
}

} // namespace headrace::ui
