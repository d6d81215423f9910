#include "inspector/partsform.h"

#include "inspector/bodyview.h"
#include "shell/format.h"
#include "shell/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

enum Column
{
    NumberColumn,
    NameColumn,
    FileColumn,
    TypeColumn,
    SizeColumn
};

constexpr qsizetype ShownHeadLines = 6;
constexpr int RowHeight = 22;

} // namespace

PartsForm::PartsForm(QWidget *parent)
    : BodyForm(parent)
    , m_splitter(new QSplitter(Qt::Vertical, parent))
    , m_list(new QTreeWidget(m_splitter))
    , m_detail(new QWidget(m_splitter))
    , m_head(new QLabel(m_detail))
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
    m_list->setHeaderLabels({ tr("#"), tr("Name"), tr("File"), tr("Type"), tr("Size") });
    m_list->headerItem()->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
    m_list->headerItem()->setTextAlignment(NumberColumn, Qt::AlignRight | Qt::AlignVCenter);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Parts of the body"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(FileColumn, QHeaderView::Stretch);
    const int unit = m_list->fontMetrics().horizontalAdvance(u'0');
    m_list->setColumnWidth(NumberColumn, 7 * unit);
    m_list->setColumnWidth(TypeColumn, 30 * unit);
    m_list->setColumnWidth(SizeColumn, 14 * unit);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
        [this] { showPart(m_list->indexOfTopLevelItem(m_list->currentItem()), false); });

    m_head->setFont(Theme::fixedFont());
    m_head->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_head->setTextFormat(Qt::PlainText);
    m_head->setContentsMargins(8, 4, 8, 4);
    auto *layout = new QVBoxLayout(m_detail);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setFocusProxy(m_list);
}

PartsForm::~PartsForm() { *m_isCanceled = true; }

QString PartsForm::title() const { return tr("Parts"); }

QWidget *PartsForm::widget() const { return m_splitter; }

bool PartsForm::isOffered(const BodySource &source, exchange::BodyKind) const
{
    return !source.isPacked() && mediaTypeOf(source).startsWith("multipart/");
}

void PartsForm::show(const BodySource &source, bool isGrown)
{
    cancel();
    m_background.run(
        [source, flag = m_isCanceled] {
            return exchange::multipartOf(*source.octets, source.contentType, flag.get());
        },
        [this, source, isGrown, flag = m_isCanceled](const exchange::Multipart &multipart) {
            if (!*flag)
                take(source, multipart, isGrown);
        });
}

void PartsForm::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
}

void PartsForm::take(const BodySource &source, const exchange::Multipart &multipart, bool isGrown)
{
    const int current
        = isGrown ? std::max(0, m_list->indexOfTopLevelItem(m_list->currentItem())) : 0;
    m_source = source;
    m_multipart = multipart;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        QList<QTreeWidgetItem *> items;
        for (const exchange::BodyPart &part : multipart.parts) {
            auto *item = new QTreeWidgetItem(
                { formatCount(items.size() + 1), displayText(part.name), displayText(part.fileName),
                    displayText(part.contentType), formatCount(part.body.end - part.body.begin) });
            item->setTextAlignment(NumberColumn, Qt::AlignRight | Qt::AlignVCenter);
            item->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
            item->setSizeHint(NumberColumn, QSize(0, RowHeight));
            items += item;
        }
        m_list->addTopLevelItems(items);
        m_list->setCurrentItem(m_list->topLevelItem(current));
    }
    // A body that still comes ends in the middle of a part, of course.
    const QString error = source.isComplete ? multipart.error : QString();
    showPart(m_list->indexOfTopLevelItem(m_list->currentItem()), isGrown);
    Q_EMIT shown({ tr("%1 parts").arg(formatCount(multipart.parts.size())), error,
        multipart.parts.isEmpty() });
}

void PartsForm::showPart(int index, bool isGrown)
{
    m_detail->setVisible(index >= 0);
    if (index < 0 || index >= m_multipart.parts.size())
        return;
    const exchange::BodyPart &part = m_multipart.parts.at(index);
    QStringList lines;
    for (const auto &[name, value] : part.fields)
        lines += displayText(name) + QStringLiteral(": ") + shortened(displayText(value), 200);
    if (lines.size() > ShownHeadLines)
        lines = lines.first(ShownHeadLines) << QStringLiteral("…");
    m_head->setText(lines.join(u'\n'));
    m_head->setVisible(!lines.isEmpty());
    if (!m_view) {
        m_view = new BodyView(m_detail);
        m_detail->layout()->addWidget(m_view);
        static_cast<QVBoxLayout *>(m_detail->layout())->setStretchFactor(m_view, 1);
    }
    BodySource source;
    const qint64 size = part.body.end - part.body.begin;
    source.octets = std::make_shared<exchange::OctetSlice>(m_source.octets, part.body.begin, size);
    source.contentType = part.contentType;
    source.total = size;
    source.isComplete = m_source.isComplete;
    m_view->setEmptyText(tr("The part is empty."));
    m_view->setBody(source, isGrown);
}

void PartsForm::copy()
{
    if (m_view)
        m_view->copyBody();
}

QTreeWidget *PartsForm::list() const { return m_list; }

BodyView *PartsForm::partView() const { return m_view; }

} // namespace headrace::ui
