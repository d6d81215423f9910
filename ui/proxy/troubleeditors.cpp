#include "proxy/actioneditor.h"
#include "shell/segments.h"

#include <proxy/throttlepreset.h>

#include <QComboBox>
#include <QFormLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace headrace::ui {

namespace {

using std::chrono::milliseconds;

constexpr int MostTime = 3'600'000; // milliseconds
constexpr int OctetsPerUnit = 1000; // rates are shown in kB/s
constexpr int MostRate = 2'000'000; // kB/s
constexpr int MostOctets = 2'000'000'000;

QSpinBox *makeNumber(
    QWidget *parent, const QString &name, int most, int step, const QString &suffix)
{
    auto *box = new QSpinBox(parent);
    box->setRange(0, most);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setSuffix(suffix);
    box->setMinimumHeight(28);
    box->setAccelerated(true);
    box->setAccessibleName(name);
    box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return box;
}

int bounded(qint64 value, int most) { return int(std::clamp<qint64>(value, 0, most)); }

class BlockEditor : public ActionEditor
{
public:
    explicit BlockEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_manner(new Segments({ tr("Answer 403"), tr("Close"), tr("Reset") }, this))
    {
        m_manner->setAccessibleName(tr("How it is blocked"));
        m_manner->setSegmentToolTip(0, tr("The client gets 403 Forbidden"));
        m_manner->setSegmentToolTip(1, tr("The client's connection is closed without an answer"));
        m_manner->setSegmentToolTip(2, tr("The client's connection is reset (RST)"));
        makeForm(this)->addRow(tr("Manner"), m_manner);
        setFocusProxy(m_manner);
        connect(m_manner, &Segments::currentChanged, this, &ActionEditor::changed);
    }

    proxy::Action action() const override
    {
        return proxy::Block { proxy::Block::Manner(m_manner->current()) };
    }

    void setAction(const proxy::Action &action) override
    {
        const QSignalBlocker blocker(this);
        m_manner->setCurrent(int(std::get<proxy::Block>(action).manner));
    }

private:
    Segments *m_manner;
};

class DelayEditor : public ActionEditor
{
public:
    explicit DelayEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_target(makeTargetChoice(this))
        , m_time(makeNumber(this, tr("Delay in milliseconds"), MostTime, 100, tr(" ms")))
    {
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Message"), m_target);
        form->addRow(tr("Delay"), m_time);
        setFocusProxy(m_time);
        connect(m_target, &Segments::currentChanged, this, &ActionEditor::changed);
        connect(m_time, &QSpinBox::valueChanged, this, &ActionEditor::changed);
    }

    proxy::Action action() const override
    {
        return proxy::Delay { targetOf(*m_target), milliseconds(m_time->value()) };
    }

    void setAction(const proxy::Action &action) override
    {
        const auto &delay = std::get<proxy::Delay>(action);
        const QSignalBlocker blocker(this);
        setTarget(*m_target, delay.target);
        m_time->setValue(bounded(delay.time.count(), MostTime));
    }

private:
    Segments *m_target;
    QSpinBox *m_time;
};

class ThrottleEditor : public ActionEditor
{
public:
    explicit ThrottleEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_preset(new QComboBox(this))
        , m_down(makeNumber(this, tr("To the client"), MostRate, 10, tr(" kB/s")))
        , m_up(makeNumber(this, tr("To the server"), MostRate, 10, tr(" kB/s")))
        , m_latency(makeNumber(this, tr("Latency"), MostTime, 50, tr(" ms")))
    {
        m_preset->addItem(tr("As below"));
        for (const proxy::ThrottlePreset &preset : proxy::throttlePresets())
            m_preset->addItem(preset.name);
        m_preset->setMinimumHeight(28);
        m_preset->setAccessibleName(tr("Line"));
        m_preset->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        for (QSpinBox *box : { m_down, m_up })
            box->setSpecialValueText(tr("unbounded"));
        m_latency->setToolTip(tr("Before the first octet of the answer"));
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Line"), m_preset);
        form->addRow(tr("To the client"), m_down);
        form->addRow(tr("To the server"), m_up);
        form->addRow(tr("Latency"), m_latency);
        setFocusProxy(m_preset);
        connect(m_preset, &QComboBox::activated, this, [this](int index) {
            if (index > 0)
                take(proxy::throttlePresets().at(index - 1).throttle);
        });
        for (QSpinBox *box : { m_down, m_up, m_latency })
            connect(box, &QSpinBox::valueChanged, this, &ThrottleEditor::onEdited);
    }

    proxy::Action action() const override { return m_throttle; }

    void setAction(const proxy::Action &action) override
    {
        const QSignalBlocker blocker(this);
        take(std::get<proxy::Throttle>(action));
    }

private:
    // Rates finer than what is shown stay until they are edited.
    void take(const proxy::Throttle &throttle)
    {
        m_isTaking = true;
        m_throttle = throttle;
        const auto shown = [](qint64 rate) {
            return bounded((rate + OctetsPerUnit - 1) / OctetsPerUnit, MostRate);
        };
        m_down->setValue(shown(throttle.downOctetsPerSecond));
        m_up->setValue(shown(throttle.upOctetsPerSecond));
        m_latency->setValue(bounded(throttle.latency.count(), MostTime));
        m_isTaking = false;
        onChanged();
    }

    void onEdited()
    {
        if (m_isTaking)
            return;
        m_throttle = { qint64(m_up->value()) * OctetsPerUnit,
            qint64(m_down->value()) * OctetsPerUnit, milliseconds(m_latency->value()) };
        onChanged();
    }

    void onChanged()
    {
        const QList<proxy::ThrottlePreset> &presets = proxy::throttlePresets();
        int index = 0;
        for (qsizetype i = 0; i < presets.size(); ++i) {
            if (presets.at(i).throttle == m_throttle)
                index = int(i) + 1;
        }
        m_preset->setCurrentIndex(index);
        Q_EMIT changed();
    }

    QComboBox *m_preset;
    QSpinBox *m_down;
    QSpinBox *m_up;
    QSpinBox *m_latency;
    proxy::Throttle m_throttle;
    bool m_isTaking = false;
};

class FaultEditor : public ActionEditor
{
public:
    explicit FaultEditor(QWidget *parent)
        : ActionEditor(parent)
        , m_target(makeTargetChoice(this))
        , m_kind(new QComboBox(this))
        , m_after(makeNumber(this, tr("After so many octets"), MostOctets, 1, tr(" octets")))
    {
        m_kind->addItems({ tr("Reset the connection"), tr("Cut it off: an orderly end too early"),
            tr("Stall: nothing more comes"), tr("Malformed chunk") });
        m_kind->setMinimumHeight(28);
        m_kind->setAccessibleName(tr("What goes wrong"));
        m_kind->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        m_after->setToolTip(tr("Of the message, head and framing counted"));
        QFormLayout *form = makeForm(this);
        form->addRow(tr("Message"), m_target);
        form->addRow(tr("What"), m_kind);
        form->addRow(tr("After"), m_after);
        setFocusProxy(m_kind);
        connect(m_target, &Segments::currentChanged, this, &ActionEditor::changed);
        connect(m_kind, &QComboBox::currentIndexChanged, this, &ActionEditor::changed);
        connect(m_after, &QSpinBox::valueChanged, this, &ActionEditor::changed);
    }

    proxy::Action action() const override
    {
        return proxy::Fault { targetOf(*m_target), proxy::Fault::Kind(m_kind->currentIndex()),
            m_after->value() };
    }

    void setAction(const proxy::Action &action) override
    {
        const auto &fault = std::get<proxy::Fault>(action);
        const QSignalBlocker blocker(this);
        setTarget(*m_target, fault.target);
        m_kind->setCurrentIndex(int(fault.kind));
        m_after->setValue(bounded(fault.afterOctets, MostOctets));
    }

private:
    Segments *m_target;
    QComboBox *m_kind;
    QSpinBox *m_after;
};

} // namespace

ActionEditor *makeBlockEditor(QWidget *parent) { return new BlockEditor(parent); }

ActionEditor *makeDelayEditor(QWidget *parent) { return new DelayEditor(parent); }

ActionEditor *makeThrottleEditor(QWidget *parent) { return new ThrottleEditor(parent); }

ActionEditor *makeFaultEditor(QWidget *parent) { return new FaultEditor(parent); }

} // namespace headrace::ui
