#include "proxy/devicespage.h"

#include "fields/problemlabel.h"
#include "proxy/actioneditor.h"
#include "proxy/authoritymodel.h"
#include "proxy/qrview.h"
#include "shell/adaptivesplitter.h"
#include "shell/elidedlabel.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "shell/theme.h"
#include "widgets/toolbutton.h"

#include <session/proxyaccess.h>
#include <session/proxytrust.h>

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

constexpr int SwitchWidth = 980;

QLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

void copy(const QString &text) { QGuiApplication::clipboard()->setText(text); }

QWidget *scrolled(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

DevicesPage::DevicesPage(const QString &folder, QWidget *parent)
    : QWidget(parent)
    , m_folder(folder)
    , m_notice(new NoticeBar(this))
{
    makeActions();
    auto *splitter = new AdaptiveSplitter(SwitchWidth, this);
    splitter->addWidget(scrolled(makeAuthority(), this));
    splitter->addWidget(scrolled(makeDevices(), this));
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({ 560, 640 });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(splitter, 1);
    connect(m_notice, &NoticeBar::buttonClicked, this, &DevicesPage::readAuthority);
    showAddresses();
    showHelp();
}

void DevicesPage::makeActions()
{
    const auto make = [this](const QString &text, const QString &shortText, const QString &iconName,
                          const QString &toolTip, auto function) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setIconText(shortText);
        action->setToolTip(toolTip);
        connect(action, &QAction::triggered, this, function);
        addAction(action);
        return action;
    };
    const QString save = QStringLiteral("save");
    m_exportPem = make(tr("Export authority as PEM…"), tr("PEM…"), save,
        tr("The certificate as text, for Linux and most programs"),
        [this] { chooseFile(QStringLiteral("pem"), tr("Certificates (*.pem *.crt)")); });
    m_exportDer = make(tr("Export authority as DER…"), tr("DER…"), save,
        tr("The certificate as phones and Windows take it"),
        [this] { chooseFile(QStringLiteral("cer"), tr("Certificates (*.cer *.der)")); });
    m_exportPkcs12 = make(tr("Export authority with its key as PKCS#12…"), tr("PKCS#12…"), save,
        tr("Certificate and private key, encrypted with the password: whoever has both can sign "
           "for "
           "any host"),
        [this] { chooseFile(QStringLiteral("p12"), tr("Keys and certificates (*.p12 *.pfx)")); });
    m_copyFingerprint = make(tr("Copy fingerprint of the authority"), {}, QStringLiteral("copy"),
        tr("Copy the fingerprint"), [this] { copy(m_fingerprint->text()); });
    m_copyHelp = make(tr("Copy address of the certificate page"), {}, QStringLiteral("copy"),
        tr("Copy the address"), [] { copy(helpAddress()); });
    m_open = make(tr("Open the proxy to the network"), tr("Open to the network"),
        QStringLiteral("lock-open"), tr("Others in this network can use the proxy then"),
        [this] { Q_EMIT openRequested(); });
}

QWidget *DevicesPage::makeAuthority()
{
    auto *page = new QWidget(this);
    m_file = new ElidedLabel({}, page);
    m_file->setCopyable(true);
    m_name = new QLabel(page);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fingerprint = new QLabel(page);
    m_fingerprint->setFont(Theme::fixedFont());
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fingerprint->setAccessibleName(tr("Fingerprint"));
    m_fingerprint->setWordWrap(true);
    m_password = new QLineEdit(page);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMinimumHeight(28);
    m_password->setTextMargins(4, 0, 4, 0);
    m_password->setPlaceholderText(tr("for PKCS#12 only"));
    m_password->setAccessibleName(tr("Password of the PKCS#12 file"));
    m_problem = new ProblemLabel(page);
    m_exported = new QLabel(page);
    m_exported->setForegroundRole(QPalette::PlaceholderText);
    m_exported->setWordWrap(true);

    auto *fingerprintLine = new QHBoxLayout;
    fingerprintLine->setSpacing(4);
    fingerprintLine->addWidget(m_fingerprint, 1);
    fingerprintLine->addWidget(
        makeToolButton(m_copyFingerprint, Qt::ToolButtonIconOnly, page), 0, Qt::AlignTop);
    auto *exports = new QHBoxLayout;
    exports->setSpacing(0);
    for (QAction *action : { m_exportPem, m_exportDer, m_exportPkcs12 })
        exports->addWidget(makeToolButton(action, Qt::ToolButtonTextBesideIcon, page));
    exports->addStretch(1);

    auto *note = new QLabel(
        tr("This authority was made on this machine and signs certificates for the hosts that the "
           "proxy looks into. Trust it only where you debug, and never hand out its key."),
        page);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);

    auto *content = new QWidget(page);
    QFormLayout *form = makeForm(content);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("File"), m_file);
    form->addRow(tr("SHA-256"), fingerprintLine);
    form->addRow(tr("Export"), exports);
    form->addRow(tr("Password"), m_password);
    form->addRow(QString(), m_problem);
    form->addRow(QString(), m_exported);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Certificate authority"), page));
    layout->addWidget(note);
    layout->addWidget(content);
    layout->addStretch(1);
    return page;
}

QWidget *DevicesPage::makeDevices()
{
    auto *page = new QWidget(this);
    m_reach = new QLabel(page);
    m_reach->setWordWrap(true);
    m_openButton = makeToolButton(m_open, Qt::ToolButtonTextBesideIcon, page);
    m_addressGrid = new QGridLayout;
    m_addressGrid->setHorizontalSpacing(8);
    m_addressGrid->setVerticalSpacing(2);
    m_qr = new QrView(page);
    m_qr->setText(helpAddress());
    auto *address = new QLabel(helpAddress(), page);
    address->setFont(Theme::fixedFont());
    address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *addressNote
        = new QLabel(tr("Opened through the proxy, this page has the certificate and says what to "
                        "do with it on the device."),
            page);
    addressNote->setWordWrap(true);
    addressNote->setForegroundRole(QPalette::PlaceholderText);
    m_device = new QComboBox(page);
    m_device->setMinimumHeight(28);
    m_device->setAccessibleName(tr("Device"));
    m_device->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (const DeviceHelp &help : deviceHelp({}, {}))
        m_device->addItem(help.name);
    m_help = new QLabel(page);
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::RichText);
    m_help->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    connect(m_device, &QComboBox::currentIndexChanged, this, &DevicesPage::showHelp);

    auto *addressLine = new QHBoxLayout;
    addressLine->setSpacing(4);
    addressLine->addWidget(address);
    addressLine->addWidget(makeToolButton(m_copyHelp, Qt::ToolButtonIconOnly, page));
    addressLine->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addLayout(addressLine);
    texts->addWidget(addressNote);
    texts->addStretch(1);
    auto *code = new QHBoxLayout;
    code->setSpacing(12);
    code->addWidget(m_qr);
    code->addLayout(texts, 1);

    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Proxy for devices"), page));
    layout->addWidget(m_reach);
    layout->addWidget(m_openButton, 0, Qt::AlignLeft);
    layout->addLayout(m_addressGrid);
    layout->addWidget(makeHeading(tr("Certificate for devices"), page));
    layout->addLayout(code);
    layout->addWidget(m_device);
    layout->addWidget(m_help);
    layout->addStretch(1);
    return page;
}

void DevicesPage::setProxy(quint16 port, quint16 usualPort, bool isOpen)
{
    if (m_port == port && m_usualPort == usualPort && m_isOpen == isOpen)
        return;
    m_port = port;
    m_usualPort = usualPort;
    m_isOpen = isOpen;
    showAddresses();
    showHelp();
}

QString DevicesPage::fingerprint() const { return m_fingerprint->text(); }

QStringList DevicesPage::addresses() const { return m_addresses; }

QString DevicesPage::password() const { return m_password->text(); }

void DevicesPage::setPassword(const QString &password) { m_password->setText(password); }

bool DevicesPage::exportTo(const QString &path)
{
    using session::AuthorityFormat;
    const QString suffix = QFileInfo(path).suffix().toLower();
    const AuthorityFormat format = suffix == u"p12" || suffix == u"pfx" ? AuthorityFormat::Pkcs12
        : suffix == u"der" || suffix == u"cer"                          ? AuthorityFormat::Der
                                                                        : AuthorityFormat::Pem;
    const QString problem = session::exportAuthority(m_folder, format, path, password());
    m_problem->setProblem(problem);
    m_exported->setText(problem.isEmpty() ? tr("Saved as %1").arg(path) : QString());
    return problem.isEmpty();
}

void DevicesPage::chooseFile(const QString &suffix, const QString &filter)
{
    if (suffix == u"p12" && password().isEmpty()) {
        m_problem->setProblem(tr("The private key goes into this file: give it a password."));
        m_password->setFocus(Qt::OtherFocusReason);
        return;
    }
    auto *dialog = new QFileDialog(
        window(), tr("Export the authority"), QStringLiteral("headrace-ca.") + suffix, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &DevicesPage::exportTo);
    dialog->open();
}

void DevicesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isRead)
        readAuthority();
    showAddresses(); // networks come and go
}

void DevicesPage::readAuthority()
{
    QString problem;
    const auto facts = session::authorityFacts(m_folder, &problem);
    m_isRead = facts.has_value();
    m_notice->setNotice(Theme::Tone::Failed,
        facts ? QString() : tr("The certificate authority cannot be used: %1").arg(problem),
        tr("Try again"));
    for (QAction *action : { m_exportPem, m_exportDer, m_exportPkcs12, m_copyFingerprint })
        action->setEnabled(m_isRead);
    if (!facts)
        return;
    m_certificateFile = facts->certificateFile;
    m_file->setText(facts->certificateFile);
    m_name->setText(
        tr("%1 · valid until %2")
            .arg(facts->name, QLocale().toString(facts->validUntil.date(), QLocale::ShortFormat)));
    // Where it may be broken into lines.
    m_fingerprint->setText(fingerprintText(facts->sha256));
    m_fingerprint->setMinimumWidth(m_fingerprint->fontMetrics().averageCharWidth() * 40);
    showHelp();
}

void DevicesPage::showAddresses()
{
    while (QLayoutItem *item = m_addressGrid->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    const quint16 port = m_port != 0 ? m_port : m_usualPort;
    m_addresses.clear();
    for (const QString &host : session::networkAddresses())
        m_addresses += host.contains(u':') ? QStringLiteral("[%1]:%2").arg(host).arg(port)
                                           : QStringLiteral("%1:%2").arg(host).arg(port);
    m_reach->setText(!m_isOpen
            ? tr("The proxy listens on this machine only. Devices reach it when it is open to the "
                 "network.")
            : m_port == 0
            ? tr("The proxy does not run. When it does, devices reach it here:")
            : tr("In the Wi-Fi settings of the device, take one of these as the HTTP proxy:"));
    m_openButton->setVisible(!m_isOpen);
    int row = 0;
    for (const QString &address : std::as_const(m_addresses)) {
        if (!m_isOpen)
            break;
        auto *label = new QLabel(address, this);
        label->setFont(Theme::fixedFont());
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *button = new QToolButton(this);
        button->setIcon(icon(QStringLiteral("copy")));
        button->setToolTip(tr("Copy %1").arg(address));
        button->setAccessibleName(button->toolTip());
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, [address] { copy(address); });
        m_addressGrid->addWidget(label, row, 0);
        m_addressGrid->addWidget(button, row++, 1);
    }
    m_addressGrid->setColumnStretch(2, 1);
}

void DevicesPage::showHelp()
{
    const QString address = !m_addresses.isEmpty()
        ? m_addresses.constFirst()
        : QStringLiteral("127.0.0.1:%1").arg(m_port != 0 ? m_port : m_usualPort);
    m_help->setText(deviceHelp(m_certificateFile, address).value(m_device->currentIndex()).text);
}

} // namespace headrace::ui
