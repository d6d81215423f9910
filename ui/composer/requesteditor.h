#pragma once

#include <session/requestdraft.h>

#include <QWidget>

#include <optional>

class QAction;
class QTabWidget;

namespace headrace::ui {

class AutomaticFields;
class BodyEditor;
class CodeView;
class FieldTable;
class NoticeBar;
class RequestLine;
class TransferBar;
class WireOptions;

/// One request as it is composed: all fields of a draft, what is wrong with each beside it, and how sending goes.
class RequestEditor : public QWidget
{
    Q_OBJECT

public:
    enum Page
    {
        HeadersPage,
        BodyPage,
        TrailersPage,
        WirePage,
        CodePage
    };

    explicit RequestEditor(QWidget *parent = nullptr);

    session::RequestDraft draft() const;
    void setDraft(const session::RequestDraft &draft);
    QString title() const; ///< "POST orders": what the tab is called.

    /// Marks everything that is wrong; the first place gets the focus. True: it can be sent.
    bool checkBeforeSend();

    void beginSending(); ///< Clears the failure of the last time.
    void setProgress(const session::TransferProgress &progress);
    void endSending();
    bool isSending() const;

    /// A bar at the top; stays until the next send.
    void showFailure(const QString &code, const QString &message);
    void showNotice(const QString &text);
    QString failureCode() const;

    void focusUrl();
    void setPage(Page page);
    QList<QAction *> editorActions() const; ///< Of the tables and the body.

Q_SIGNALS:
    void changed();
    void furtherPasted(const QList<headrace::session::RequestDraft>
            &drafts); ///< Behind the first of a pasted text.
    void sendRequested();
    void cancelRequested();

private:
    QWidget *makeHeadersPage();
    void connectParts();
    void onChanged();
    void check();
    void showProblems(const QList<session::DraftProblem> &problems);
    void addContentType(const QByteArray &value);
    void takePasted(const QString &text);
    void undoPaste();
    void clearNotice();

    NoticeBar *m_notice = nullptr;
    RequestLine *m_line = nullptr;
    QTabWidget *m_pages = nullptr;
    FieldTable *m_fields = nullptr;
    AutomaticFields *m_automatic = nullptr;
    BodyEditor *m_body = nullptr;
    FieldTable *m_trailers = nullptr;
    WireOptions *m_wire = nullptr;
    CodeView *m_code = nullptr;
    TransferBar *m_transfer = nullptr;
    QString m_failureCode;
    std::optional<session::RequestDraft> m_beforePaste; ///< What Undo brings back.
    bool m_isUrlChecked = false; ///< A URL is not wrong before it is finished.
    bool m_isSending = false;
    bool m_isSetting = false;
};

} // namespace headrace::ui
