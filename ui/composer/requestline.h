#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QPushButton;

namespace headrace::ui {

class ProblemLabel;
class UrlEdit;

/// Method, URL, and the button that sends or cancels.
class RequestLine : public QWidget
{
    Q_OBJECT

public:
    explicit RequestLine(QWidget *parent = nullptr);

    QByteArray method() const;
    void setMethod(const QByteArray &method);
    QString url() const;
    void setUrl(const QString &url);

    /// What is wrong, or empty.
    void setMethodProblem(const QString &message);
    void setUrlProblem(const QString &message);

    void setSending(bool isSending);
    void focusMethod();
    void focusUrl();

Q_SIGNALS:
    void changed();
    void urlFinished(); ///< Focus left it, or Enter.
    void sendRequested();
    void requestPasted(const QString &text); ///< Into the URL: a curl command or an HTTP request.
    void undoRequested(); ///< Ctrl+Z in the URL beyond what was typed there.
    void cancelRequested();

private:
    QComboBox *m_method = nullptr;
    UrlEdit *m_url = nullptr;
    QPushButton *m_button = nullptr;
    ProblemLabel *m_problem = nullptr;
    QString m_methodProblem;
    QString m_urlProblem;
    bool m_isSending = false;

    void showProblems();
};

} // namespace headrace::ui
