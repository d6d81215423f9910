#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace headrace::ui {

class ProblemLabel;
class TextView;

/// The body a route answers with. Octets that are not text are kept until they are replaced by a text.
class RouteBody : public QWidget
{
    Q_OBJECT

public:
    explicit RouteBody(QWidget *parent = nullptr);

    QByteArray body() const;
    void setBody(const QByteArray &body, const QByteArray &contentType);
    void setContentType(const QByteArray &contentType); ///< Decides the colours.
    void setProblem(const QString &message);

Q_SIGNALS:
    void changed();

private:
    void replaceOctets();
    void showSize();

    TextView *m_text = nullptr;
    QLabel *m_note = nullptr;
    QToolButton *m_replace = nullptr;
    ProblemLabel *m_problem = nullptr;
    QByteArray m_octets; ///< Only while m_isBinary.
    bool m_isBinary = false;
};

} // namespace headrace::ui
