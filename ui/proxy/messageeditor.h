#pragma once

#include <proxy/transit.h>

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QStackedWidget;
class QTabWidget;

namespace headrace::ui {

class BodyField;
class ComparisonView;
class FieldTable;
class ProblemLabel;

/** Edits a request or a response that is held: its first line, header lines with case and order, body and trailers;
    and shows what differs from the original. What is not edited stays octet for octet. */
class MessageEditor : public QWidget
{
    Q_OBJECT

public:
    /// \a subject: what is edited, for assistive technology: "held message".
    explicit MessageEditor(const QString &subject, QWidget *parent = nullptr);

    /// \a original: what the differences are told from. \a hasBody: the body is there; else it is still on its way.
    void setMessage(
        const proxy::TransitMessage &message, const proxy::TransitMessage &original, bool hasBody);
    proxy::TransitMessage message() const;

    bool hasProblem() const; ///< Something would not arrive as it is written.
    void setReadOnly(bool isReadOnly);
    bool isChangesShown() const;
    void showChanges();

Q_SIGNALS:
    void changed();

private:
    enum Page
    {
        HeadersPage,
        BodyPage,
        TrailersPage,
        ChangesPage
    };

    QWidget *makeFirstLine();
    void decode();
    void onChanged();
    void showState();
    void showDifference();

    proxy::TransitMessage m_message; ///< As set; what is not edited here is taken from it.
    proxy::TransitMessage m_original;
    bool m_hasBody = false;
    bool m_isSetting = false;
    bool m_hasProblem = false;
    QStackedWidget *m_firstLine;
    QComboBox *m_method;
    QLineEdit *m_target;
    QSpinBox *m_status;
    QLineEdit *m_reason;
    ProblemLabel *m_problem;
    QTabWidget *m_pages;
    FieldTable *m_fields;
    BodyField *m_body;
    FieldTable *m_trailers;
    ComparisonView *m_changes;
    QTimer m_differenceTimer;
};

} // namespace headrace::ui
