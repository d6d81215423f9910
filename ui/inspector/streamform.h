#pragma once

#include "inspector/bodyform.h"
#include "inspector/streameventmodel.h"
#include "shell/background.h"

#include <memory>

class QSplitter;
class QTableView;

namespace headrace::ui {

class TextView;

/// A text/event-stream as the list of its events, which grows with it, and the data of the chosen one.
class StreamForm : public BodyForm
{
    Q_OBJECT

public:
    explicit StreamForm(QWidget *parent);
    ~StreamForm() override;

    QString title() const override;
    QWidget *widget() const override;
    bool isOffered(const BodySource &source, exchange::BodyKind kind) const override;
    void show(const BodySource &source, bool isGrown) override;
    void cancel() override;
    void copy() override; ///< The data of the chosen event; without one, of those in the list.

    StreamEventModel *model() const;
    QTableView *list() const;
    TextView *dataView() const;

private:
    /// What was read of a stream.
    struct Result
    {
        exchange::EventStreamReader reader;
        QList<StreamRow> rows;
        std::optional<StreamRow> incomplete;
        bool isCanceled = false;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    static Result read(
        const BodySource &source, exchange::EventStreamReader reader, const Flag &isCanceled);
    void take(const BodySource &source, const Result &result, bool isGrown);
    void showCurrent();

    QSplitter *m_splitter;
    QTableView *m_list;
    StreamEventModel *m_model;
    TextView *m_data;
    BodySource m_source;
    exchange::EventStreamReader m_reader; ///< After what is in the list.
    Flag m_isCanceled;
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
