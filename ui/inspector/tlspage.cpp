#include "inspector/tlspage.h"

#include "inspector/factsview.h"
#include "inspector/fieldtableview.h"
#include "inspector/tlsfacts.h"
#include "shell/emptystate.h"
#include "shell/icons.h"
#include "shell/noticebar.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QSaveFile>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStringListModel>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int ListWidth = 264;
constexpr int FactGroups = 2; // of certificateFactsOf()
constexpr int OriginSide = 0; // tabs
constexpr int ClientSide = 1;

QToolButton *buttonOf(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setAccessibleName(action->text());
    return button;
}

} // namespace

TlsPage::TlsPage(QWidget *parent)
    : InspectorPage(parent)
    , m_sides(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState)
    , m_problems(new NoticeBar(this))
    , m_handshake(new FactsView)
    , m_names(new QStringListModel(this))
    , m_list(new QListView)
    , m_chainTitle(new QLabel)
{
    m_sides->addTab(tr("Origin"));
    m_sides->addTab(tr("Client"));
    m_sides->setTabToolTip(OriginSide, tr("What the origin showed the proxy"));
    m_sides->setTabToolTip(ClientSide, tr("What the proxy showed its client"));
    m_sides->setAccessibleName(tr("Side of the proxy"));
    m_sides->setDrawBase(false);
    m_sides->setExpanding(false);
    m_sides->hide();
    connect(m_problems, &NoticeBar::buttonClicked, this, &TlsPage::certificateAcceptRequested);
    connect(m_sides, &QTabBar::currentChanged, this, [this] { showSide(true); });
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeContent());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sides);
    layout->addWidget(m_problems);
    layout->addWidget(m_stack, 1);
}

QWidget *TlsPage::makeContent()
{
    auto *facts = new QWidget;
    auto *factsLayout = new QVBoxLayout(facts);
    factsLayout->setContentsMargins(16, 8, 8, 8);
    factsLayout->setSpacing(12);
    for (int i = 0; i < FactGroups; ++i) {
        m_facts += new FactsView;
        factsLayout->addWidget(m_facts.constLast());
    }
    factsLayout->addStretch(1);
    facts->setBackgroundRole(QPalette::Base);
    facts->setAutoFillBackground(true);
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(facts);

    auto *left = new QVBoxLayout;
    left->setContentsMargins(8, 8, 0, 8);
    left->setSpacing(12);
    m_handshake->setFixedWidth(ListWidth);
    left->addWidget(m_handshake);
    left->addWidget(makeChain(), 1);
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(left);
    layout->addWidget(area, 1);
    return content;
}

QWidget *TlsPage::makeChain()
{
    auto *copy = new QAction(icon(QStringLiteral("copy")), tr("Copy the chain as PEM"), this);
    connect(copy, &QAction::triggered, this, &TlsPage::copyPem);
    auto *save = new QAction(icon(QStringLiteral("save")), tr("Save the chain as PEM…"), this);
    connect(save, &QAction::triggered, this, &TlsPage::savePem);
    addActions({ copy, save });

    QFont bold = m_chainTitle->font();
    bold.setBold(true);
    m_chainTitle->setFont(bold);
    auto *caption = new QHBoxLayout;
    caption->addWidget(m_chainTitle, 1);
    caption->addWidget(buttonOf(copy));
    caption->addWidget(buttonOf(save));

    m_list->setModel(m_names);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setUniformItemSizes(true);
    m_list->setGridSize({ ListWidth, FieldTableView::RowHeight });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) { showCertificate(index.row()); });

    m_chainBox = new QWidget;
    m_chainBox->setFixedWidth(ListWidth);
    auto *layout = new QVBoxLayout(m_chainBox);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(caption);
    layout->addWidget(m_list, 1);
    return m_chainBox;
}

void TlsPage::showExchange(const ExchangePointer &exchange)
{
    const bool isOther = !m_exchange || m_exchange->summary.id != exchange->summary.id;
    m_exchange = exchange;
    m_sides->setVisible(exchange->client && exchange->client->tls);
    showSide(isOther);
}

void TlsPage::showSide(bool isOther)
{
    if (!m_exchange)
        return;
    const bool isOfClient = !m_sides->isHidden() && m_sides->currentIndex() == ClientSide;
    const std::optional<exchange::Tls> &tls
        = isOfClient ? m_exchange->client->tls : m_exchange->connection.tls;
    m_chainTitle->setText(isOfClient ? tr("Chain shown to the client") : tr("Chain of the peer"));
    m_list->setAccessibleName(m_chainTitle->text());
    m_stack->setCurrentIndex(tls ? 1 : 0);
    if (!tls) {
        const bool isHttps = m_exchange->summary.scheme == u"https";
        m_empty->setText(!isHttps ? tr("This connection has no TLS: all passed in the clear.")
                : m_exchange->summary.state == exchange::State::Active
                ? tr("Nothing is agreed yet.")
                : tr("The TLS handshake was not completed, or not seen."));
        m_problems->setNotice(Theme::Tone::ClientError, {});
        return;
    }
    m_handshake->setGroup(handshakeFactsOf(*tls));
    const int row = isOther ? 0 : m_list->currentIndex().row();
    m_chain = certificatesOf(*tls);
    QStringList names;
    for (const exchange::Certificate &certificate : std::as_const(m_chain))
        names += certificate.commonName;
    if (names != m_names->stringList())
        m_names->setStringList(names);
    m_chainBox->setVisible(!m_chain.isEmpty());
    if (!m_chain.isEmpty())
        m_list->setCurrentIndex(m_names->index(std::clamp<int>(row, 0, int(m_chain.size()) - 1)));
    showCertificate(m_list->currentIndex().row());
    const QDateTime time = m_exchange->summary.began.toUTC();
    if (!isOfClient && isCertificateRefused(m_exchange->summary))
        m_problems->setNotice(
            Theme::Tone::Failed, m_exchange->summary.errorMessage, tr("Accept the certificate…"));
    else
        m_problems->setNotice(
            Theme::Tone::ClientError, chainProblems(m_chain, tls->serverName, time).join(u' '));
}

QTabBar *TlsPage::sides() const { return m_sides; }

QListView *TlsPage::chainView() const { return m_list; }

QString TlsPage::problemText() const { return m_problems->text(); }

QString TlsPage::emptyText() const
{
    return m_stack->currentIndex() == 0 ? m_empty->title() : QString();
}

void TlsPage::showCertificate(int row)
{
    const bool isThere = row >= 0 && row < m_chain.size();
    const QList<FactGroup> groups
        = isThere ? certificateFactsOf(m_chain.at(row)) : QList<FactGroup>();
    for (qsizetype i = 0; i < m_facts.size(); ++i) {
        m_facts.at(i)->setVisible(i < groups.size());
        if (i < groups.size())
            m_facts.at(i)->setGroup(groups.at(i));
    }
}

void TlsPage::copyPem() const
{
    QByteArray pem;
    for (const exchange::Certificate &certificate : m_chain)
        pem += certificate.toPem();
    QGuiApplication::clipboard()->setText(QString::fromLatin1(pem));
}

void TlsPage::savePem()
{
    if (m_chain.isEmpty())
        return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the chain"),
        m_chain.constFirst().commonName + QStringLiteral(".pem"), tr("PEM (*.pem *.crt)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    bool isWritten = file.open(QIODevice::WriteOnly);
    for (const exchange::Certificate &certificate : std::as_const(m_chain))
        isWritten = isWritten && file.write(certificate.toPem()) > 0;
    if (!isWritten || !file.commit())
        m_problems->setNotice(
            Theme::Tone::Failed, tr("%1 could not be written: %2").arg(path, file.errorString()));
}

} // namespace headrace::ui
