#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class HexView;
class ProblemLabel;
class TextView;

/** Edits a body: as text, if it is text; else its octets are shown and stay as they are, until they are replaced by
    text or by a file. Text that is not edited stays octet for octet. */
class BodyField : public QWidget
{
    Q_OBJECT

public:
    explicit BodyField(QWidget *parent = nullptr);

    QByteArray body() const;
    void setBody(const QByteArray &body, const QByteArray &contentType);

    /// Colours the text anew.
    void setContentType(const QByteArray &contentType);

    /// What can be taken off the octets, to edit what they stand for: "gzip"; empty for nothing.
    void setCoding(const QString &coding);

    void setReadOnly(bool isReadOnly);
    void setLabel(const QString &label); ///< For assistive technology: "Body of the answer".

    void setProblem(const QString &message); ///< What is wrong with it; empty: nothing.

    /// Puts the content of \a path in the place of the body. False: told in the editor.
    bool loadFile(const QString &path);

Q_SIGNALS:
    void changed();
    void decodeRequested(); ///< To take the coding off.

private:
    void chooseFile();
    void replaceByText();
    void showState();

    TextView *m_text;
    HexView *m_hex;
    QStackedWidget *m_pages;
    QLabel *m_note;
    QToolButton *m_decode;
    QToolButton *m_replace;
    QToolButton *m_load;
    ProblemLabel *m_problem;
    QByteArray m_octets; ///< While they are not text.
    QString m_coding;
    bool m_isBinary = false;
    bool m_isReadOnly = false;
};

} // namespace headrace::ui
