#pragma once

#include <exchange/comparison.h>

#include <QWidget>

#include <memory>

class QAction;
class QCheckBox;
class QLabel;
class QStackedWidget;
class QTableView;

namespace headrace::ui {

class Background;
class ComparisonModel;
class EmptyState;

/// The differences of two exchanges, line by line. Compares beside the GUI thread.
class ComparisonView : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonView(QWidget *parent = nullptr);
    ~ComparisonView() override;

    /// Either may be null: that exchange is gone.
    void setExchanges(const std::shared_ptr<const exchange::Exchange> &left,
        const std::shared_ptr<const exchange::Exchange> &right);

    /// Shows these at once.
    void setParts(const QList<exchange::ComparedPart> &parts);

    ComparisonModel *model() const;
    QTableView *table() const;
    QString summaryText() const; ///< "12 differences"; empty while it compares.
    void setFolded(bool isFolded); ///< Only the differences, what is the same folded away.

public Q_SLOTS:
    void showNext();
    void showPrevious();
    void copy(); ///< The selected rows, or all, as a patch has them.

Q_SIGNALS:
    void compared();

private:
    QWidget *makeBar();
    void makeTable();
    void showParts(const QList<exchange::ComparedPart> &parts);
    void spanRows();
    void goTo(int row);

    ComparisonModel *m_model;
    QLabel *m_summary;
    QCheckBox *m_folded;
    QAction *m_next;
    QAction *m_previous;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTableView *m_table;
    quint64 m_generation = 0; ///< Of what is compared.
    std::unique_ptr<Background> m_background; ///< Last: ends before the rest goes.
};

} // namespace headrace::ui
