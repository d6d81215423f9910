#pragma once

#include <QByteArray>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace headrace::ui {

class EmptyState;
class HexView;
class NoticeBar;
class TextView;

/// All octets of one direction, as text or as hexadecimal digits.
class RawPane : public QWidget
{
    Q_OBJECT

public:
    /// More is not shown as text, but in the hexadecimal view. Unit: octets.
    static constexpr qsizetype TextLimit = 2 * 1024 * 1024;

    explicit RawPane(const QString &title, QWidget *parent = nullptr);

    /// \a total: octets that passed; more than \a octets when they were cut.
    void setOctets(const QByteArray &octets, qint64 total);
    void setHex(bool isHex);
    void setEmptyText(const QString &text);

    TextView *textView() const;
    HexView *hexView() const;
    QString notice() const;

private:
    void refresh();
    void copyAll();

    QByteArray m_octets;
    qint64 m_total = 0;
    bool m_isHex = false;
    QLabel *m_info;
    QToolButton *m_copy;
    NoticeBar *m_notice;
    QStackedWidget *m_stack;
    TextView *m_text;
    HexView *m_hex;
    EmptyState *m_empty;
};

} // namespace headrace::ui
