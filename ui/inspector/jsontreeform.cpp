#include "inspector/jsontreeform.h"

#include "inspector/jsontreemodel.h"
#include "shell/icons.h"
#include "shell/theme.h"
#include "text/findbar.h"
#include "text/octetfind.h"
#include "text/syntaxcolors.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using exchange::JsonType;

namespace {

constexpr int MostExpanded = 500; // by one command
constexpr int RowHeight = 22;

/// Values in the colours of their types.
class ValueDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return { QStyledItemDelegate::sizeHint(option, index).width(), RowHeight };
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QColor color = colorOf(option->palette, index);
        option->palette.setColor(QPalette::Text, color);
        option->textElideMode = Qt::ElideRight;
    }

private:
    static QColor colorOf(const QPalette &palette, const QModelIndex &index)
    {
        const SyntaxColors colors = SyntaxColors::of(palette);
        const int type = index.data(JsonTreeModel::TypeRole).toInt();
        if (index.column() == JsonTreeModel::TypeColumn || type < 0)
            return colors.faint;
        if (index.column() == JsonTreeModel::NameColumn)
            return index.data().toString() == QStringLiteral("$") ? colors.faint : colors.name;
        switch (JsonType(type)) {
        case JsonType::String:
            return colors.string;
        case JsonType::Number:
            return colors.number;
        case JsonType::True:
        case JsonType::False:
        case JsonType::Null:
            return colors.keyword;
        default:
            return colors.faint;
        }
    }
};

} // namespace

JsonTreeForm::JsonTreeForm(QWidget *parent)
    : BodyForm(parent)
    , m_widget(new QWidget(parent))
    , m_tree(new QTreeView(m_widget))
    , m_model(new JsonTreeModel(this))
    , m_findBar(new FindBar(m_widget))
    , m_find(new OctetFind(m_findBar, this))
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new ValueDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setFont(Theme::fixedFont());
    m_tree->setAccessibleName(tr("JSON tree"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(JsonTreeModel::ValueColumn, QHeaderView::Stretch);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &JsonTreeForm::showMenu);
    connect(m_model, &JsonTreeModel::rootRead, this, &JsonTreeForm::takeRoot);
    connect(m_model, &JsonTreeModel::revealed, m_tree, [this](const QModelIndex &index) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index, QAbstractItemView::PositionAtCenter);
    });
    connect(m_find, &OctetFind::matchChosen, m_model, [this](const exchange::OctetSpan &match) {
        m_match = match;
        m_model->reveal(match.begin);
    });
    connect(m_find, &OctetFind::closed, m_tree, [this] { m_tree->setFocus(Qt::OtherFocusReason); });
    makeActions();

    auto *layout = new QVBoxLayout(m_widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_findBar);
    m_widget->setFocusProxy(m_tree);
}

void JsonTreeForm::makeActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto slot) {
        auto *action = new QAction(text, m_widget);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_widget->addAction(action);
        return action;
    };
    const auto put = [this](QString (JsonTreeModel::*text)(const QModelIndex &) const) {
        return [this, text] {
            const QModelIndex index = m_tree->currentIndex();
            if (index.isValid())
                QGuiApplication::clipboard()->setText((m_model->*text)(index));
        };
    };
    add(tr("Copy value"), QKeySequence::Copy, put(&JsonTreeModel::plainValue))
        ->setIcon(icon(QStringLiteral("copy")));
    add(tr("Copy as JSON"), {}, put(&JsonTreeModel::json));
    add(tr("Copy path (JSONPath)"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        put(&JsonTreeModel::jsonPath));
    add(tr("Copy path (jq)"), {}, put(&JsonTreeModel::jqPath));
    add(tr("Expand what is in it"), {}, &JsonTreeForm::expandBelow);
    add(tr("Collapse all"), {}, [this] {
        m_tree->collapseAll();
        m_tree->expand(m_model->index(0, 0));
    });
    add(tr("Find"), QKeySequence::Find, [this] { m_find->begin(); });
}

QString JsonTreeForm::title() const { return tr("Tree"); }

QWidget *JsonTreeForm::widget() const { return m_widget; }

bool JsonTreeForm::isOffered(const BodySource &, exchange::BodyKind kind) const
{
    return kind == exchange::BodyKind::Json;
}

// A text that still comes is no tree yet: it is made when it is first asked for, and when it is complete.
void JsonTreeForm::show(const BodySource &source, bool isGrown)
{
    if (isGrown && !source.isComplete && m_source) {
        Q_EMIT shown({ {}, m_model->error(), false });
        return;
    }
    if (source.octets == m_source && m_model->isRootRead()) {
        takeShown();
        return;
    }
    m_source = source.octets;
    m_match = {};
    m_model->setSource(source.octets);
    m_find->setSource(source.octets, exchange::TextEncoding::Utf8);
}

void JsonTreeForm::cancel()
{
    if (!m_model->isRootRead())
        m_model->cancel();
}

void JsonTreeForm::takeRoot()
{
    const QModelIndex root = m_model->index(0, 0);
    m_tree->expand(root);
    fitColumns();
    if (root.isValid())
        m_tree->setCurrentIndex(root);
    takeShown();
}

void JsonTreeForm::takeShown()
{
    const QModelIndex root = m_model->index(0, 0);
    Q_EMIT shown(
        { root.isValid() ? root.siblingAtColumn(JsonTreeModel::TypeColumn).data().toString()
                         : QString(),
            m_model->error(), !root.isValid() });
}

void JsonTreeForm::fitColumns()
{
    const int unit = m_tree->fontMetrics().horizontalAdvance(u'0');
    m_tree->header()->resizeSection(JsonTreeModel::NameColumn, 36 * unit);
    m_tree->header()->resizeSection(JsonTreeModel::TypeColumn, 20 * unit);
}

void JsonTreeForm::copy()
{
    const QModelIndex current = m_tree->currentIndex();
    const QModelIndex index = current.isValid() ? current : m_model->index(0, 0);
    if (index.isValid())
        QGuiApplication::clipboard()->setText(m_model->json(index));
}

void JsonTreeForm::expandBelow()
{
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    if (!index.isValid())
        return;
    m_tree->expand(index);
    const int rows = std::min(m_model->rowCount(index), MostExpanded);
    for (int row = 0; row < rows; ++row)
        m_tree->expand(m_model->index(row, 0, index));
}

void JsonTreeForm::showMenu(const QPoint &position)
{
    QMenu menu(m_tree);
    menu.addActions(m_widget->actions());
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

QTreeView *JsonTreeForm::tree() const { return m_tree; }

JsonTreeModel *JsonTreeForm::model() const { return m_model; }

OctetFind *JsonTreeForm::find() const { return m_find; }

FindBar *JsonTreeForm::findBar() const { return m_findBar; }

} // namespace headrace::ui
