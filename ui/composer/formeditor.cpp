#include "composer/formeditor.h"

#include "composer/formpartsmodel.h"
#include "fields/problemlabel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

namespace headrace::ui {

namespace {

/// The empty row is of second rank; the row that something is wrong with says so.
class PartDelegate : public QStyledItemDelegate
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
        const bool isEmpty = index.row() == index.model()->rowCount() - 1;
        const bool isWrong = index.data(FormPartsModel::ProblemRole).toBool();
        if (isEmpty || isWrong)
            option->palette.setColor(QPalette::Text,
                isWrong ? Theme::toneColor(Theme::Tone::Failed, option->palette)
                        : Theme::mutedColor(option->palette));
        if (isWrong && index.column() == FormPartsModel::Name)
            option->text.prepend(QStringLiteral("⚠ "));
    }

private:
    static constexpr int RowHeight = 22;
};

} // namespace

FormEditor::FormEditor(QWidget *parent)
    : QWidget(parent)
    , m_model(new FormPartsModel(this))
    , m_view(new QTableView(this))
    , m_problem(new ProblemLabel(this))
    , m_addFiles(new QAction(icon(QStringLiteral("add")), tr("Add files to the form…"), this))
    , m_remove(new QAction(icon(QStringLiteral("remove")), tr("Remove the part of the form"), this))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PartDelegate(m_view));
    m_view->setFont(Theme::fixedFont());
    m_view->setAccessibleName(tr("Parts of the form"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QHeaderView *header = m_view->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(FormPartsModel::Kind, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FormPartsModel::Content, QHeaderView::Stretch);
    header->resizeSection(FormPartsModel::Name, 160);
    header->resizeSection(FormPartsModel::FileName, 160);
    header->resizeSection(FormPartsModel::Type, 180);

    m_addFiles->setIconText(tr("Add files…"));
    m_addFiles->setToolTip(tr("Choose files; each becomes a part of the form"));
    m_remove->setIconText(tr("Remove"));
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_remove->setToolTip(tr("Remove the selected part (Del)"));
    m_view->addAction(m_remove);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 0, 4, 4);
    bar->setSpacing(4);
    for (QAction *action : { m_addFiles, m_remove }) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        bar->addWidget(button);
    }
    bar->addWidget(m_problem, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);

    connect(m_model, &FormPartsModel::changed, this, &FormEditor::changed);
    connect(m_addFiles, &QAction::triggered, this, &FormEditor::addFiles);
    connect(m_remove, &QAction::triggered, this, &FormEditor::removeCurrent);
}

QList<formats::FormPart> FormEditor::parts() const { return m_model->parts(); }

void FormEditor::setParts(const QList<formats::FormPart> &parts) { m_model->setParts(parts); }

void FormEditor::setProblem(int part, const QString &message)
{
    m_model->setProblem(message.isEmpty() ? -1 : part, message);
    m_problem->setProblem(message);
}

FormPartsModel *FormEditor::model() const { return m_model; }

QList<QAction *> FormEditor::formActions() const { return { m_addFiles, m_remove }; }

void FormEditor::addFiles()
{
    auto *dialog = new QFileDialog(window(), tr("Files of the form"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            m_model->addFile(path);
    });
    dialog->open();
}

void FormEditor::removeCurrent() { m_model->removePart(m_view->currentIndex().row()); }

} // namespace headrace::ui
