#pragma once

#include <session/requestdraft.h>

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class FormEditor;
class HexView;
class ProblemLabel;
class Segments;
class TextView;

/// The body of a draft: none, text, JSON, a file, a form, or octets that came from elsewhere. What was typed for one kind stays when another is chosen.
class BodyEditor : public QWidget
{
    Q_OBJECT

public:
    using Kind = session::RequestDraft::BodyKind;

    explicit BodyEditor(QWidget *parent = nullptr);

    Kind kind() const;
    void setBody(const session::RequestDraft &draft);
    void addTo(session::RequestDraft &draft) const; ///< Writes the body into \a draft.

    /// Octets the body will have; -1 when that is not known.
    qint64 size() const;

    /// A file cannot be read. \a part: of the form; -1: the file that is the body.
    void setProblem(const QString &message, int part = -1);

    /// The draft has no Content-Type: offers the one that goes with the kind.
    void setContentTypeMissing(bool isMissing);

    void focusBody();
    QList<QAction *> bodyActions() const;

Q_SIGNALS:
    void changed();
    void contentTypeRequested(const QByteArray &value);

private:
    QWidget *makeFilePage();
    QString filePath() const;
    void setKind(Kind kind);
    void chooseFile();
    void format();
    void update();
    void checkJson();

    Segments *m_kinds = nullptr;
    QStackedWidget *m_pages = nullptr;
    TextView *m_text = nullptr;
    QLineEdit *m_file = nullptr;
    QLabel *m_fileSize = nullptr;
    ProblemLabel *m_fileProblem = nullptr;
    FormEditor *m_form = nullptr;
    HexView *m_octets = nullptr;
    QLabel *m_note = nullptr;
    QToolButton *m_addType = nullptr;
    QToolButton *m_formatButton = nullptr;
    QAction *m_format = nullptr;
    QAction *m_choose = nullptr;
    bool m_isTypeMissing = false;
};

} // namespace headrace::ui
