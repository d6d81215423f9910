#pragma once

#include <formats/code.h>
#include <session/requestdraft.h>

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QToolButton;

namespace headrace::ui {

class TextView;

/// A draft in another notation, as code to be copied. Written anew when the draft changes while it is in sight.
class CodeView : public QWidget
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);

    void setDraft(const session::RequestDraft &draft);

    formats::CodeTarget target() const;
    void setTarget(formats::CodeTarget target);
    QString code() const; ///< What is shown; empty while the draft cannot be sent.

    QList<QAction *> codeActions() const;

Q_SIGNALS:
    void targetChanged(headrace::formats::CodeTarget target);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void write();
    void copy();

    session::RequestDraft m_draft;
    bool m_isWritten = false;
    QComboBox *m_target = nullptr;
    QToolButton *m_copyButton = nullptr;
    QAction *m_copy = nullptr;
    QLabel *m_note = nullptr;
    TextView *m_text = nullptr;
    QString m_whole;
};

} // namespace headrace::ui
