#include "proxy/actioneditor.h"
#include "shell/theme.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

namespace headrace::ui {

namespace {

QLineEdit *makeWireEdit(QWidget *parent, const QString &name, const QString &example)
{
    auto *edit = new QLineEdit(parent);
    edit->setFont(Theme::fixedFont());
    edit->setLayoutDirection(Qt::LeftToRight);
    edit->setMinimumHeight(28);
    edit->setTextMargins(4, 0, 4, 0);
    edit->setPlaceholderText(example);
    edit->setAccessibleName(name);
    return edit;
}

class MapLocalEditor : public ActionEditor
{
public:
    explicit MapLocalEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_path(makeWireEdit(
              this, tr("File or folder"), QStringLiteral("/home/me/site · /home/me/items.json")))
    {
        auto *line = new QHBoxLayout;
        line->setSpacing(4);
        line->addWidget(m_path, 1);
        line->addWidget(makeButton(tr("File…"), QFileDialog::ExistingFile));
        line->addWidget(makeButton(tr("Folder…"), QFileDialog::Directory));
        makeForm(this)->addRow(tr("File or folder"), line);
        setFocusProxy(m_path);
        connect(m_path, &QLineEdit::textChanged, this, &ActionEditor::changed);
    }

    proxy::Action action() const override { return proxy::MapLocal { m_path->text() }; }

    void setAction(const proxy::Action &action) override
    {
        const QSignalBlocker blocker(this);
        if (const QString path = std::get<proxy::MapLocal>(action).path; path != m_path->text())
            m_path->setText(path);
    }

private:
    QToolButton *makeButton(const QString &text, QFileDialog::FileMode mode)
    {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setFocusPolicy(Qt::TabFocus);
        button->setMinimumHeight(28);
        connect(button, &QToolButton::clicked, this, [this, mode] {
            auto *dialog = new QFileDialog(window(), tr("What answers"), m_path->text());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(mode);
            connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
            dialog->open();
        });
        return button;
    }

    QLineEdit *m_path;
};

class MapRemoteEditor : public ActionEditor
{
public:
    explicit MapRemoteEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_url(makeWireEdit(
              this, tr("Address"), QStringLiteral("https://staging.example.test:8443/v2")))
        , m_keepsHost(new QCheckBox(tr("Keep the Host header as the client sent it"), this))
    {
        m_url->setToolTip(tr("Scheme, host, port and a path that is put before the request's own; "
                             "host:port alone changes nothing else"));
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Address"), m_url);
        form->addRow(QString(), m_keepsHost);
        setFocusProxy(m_url);
        connect(m_url, &QLineEdit::textChanged, this, &ActionEditor::changed);
        connect(m_keepsHost, &QCheckBox::toggled, this, &ActionEditor::changed);
    }

    proxy::Action action() const override
    {
        return proxy::MapRemote { m_url->text(), m_keepsHost->isChecked() };
    }

    void setAction(const proxy::Action &action) override
    {
        const QSignalBlocker blocker(this);
        const auto &map = std::get<proxy::MapRemote>(action);
        if (map.url != m_url->text())
            m_url->setText(map.url);
        m_keepsHost->setChecked(map.keepsHost);
    }

private:
    QLineEdit *m_url;
    QCheckBox *m_keepsHost;
};

} // namespace

ActionEditor *makeMapLocalEditor(QWidget *parent) { return new MapLocalEditor(parent); }

ActionEditor *makeMapRemoteEditor(QWidget *parent) { return new MapRemoteEditor(parent); }

} // namespace headrace::ui
