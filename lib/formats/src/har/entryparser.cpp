#include "har/entryparser.h"

#include "har/jsonstream.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

namespace headrace::formats {

namespace {

constexpr int DepthLimit = 512;
constexpr qint64 ValueCost = 160; // what a value takes beside its text, about
constexpr unsigned ParseFlags = rapidjson::kParseIterativeFlag
    | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseNanAndInfFlag
    | rapidjson::kParseTrailingCommasFlag;

/// Puts values together from the parser's calls, up to a bound.
class ValueBuilder
{
public:
    explicit ValueBuilder(qint64 limit)
        : m_limit(limit)
    {
    }

    bool isTooLarge() const { return m_size > m_limit; }

    void refuse() { m_size = m_limit + 1; }

    void setKey(const QByteArray &key)
    {
        if (count(key.size()))
            m_open.back().key = key;
    }

    void add(JsonValue::Kind kind, const QByteArray &spelling)
    {
        if (count(spelling.size()))
            attach(JsonValue(kind, spelling));
    }

    void open(JsonValue::Kind kind)
    {
        if (count(0))
            m_open.push_back({ JsonValue(kind, {}), {} });
    }

    void close()
    {
        if (isTooLarge() || m_open.empty())
            return;
        JsonValue value = std::move(m_open.back().value);
        m_open.pop_back();
        attach(std::move(value));
    }

    const JsonValue &value() const { return m_value; }

    void clear()
    {
        m_value = {};
        m_open.clear();
        m_size = 0;
    }

private:
    struct Open
    {
        JsonValue value;
        QByteArray key;
    };

    bool count(qint64 octets)
    {
        if (isTooLarge())
            return false;
        m_size += ValueCost + octets;
        if (!isTooLarge())
            return true;
        m_value = {};
        m_open.clear();
        return false;
    }

    void attach(JsonValue value)
    {
        if (m_open.empty())
            m_value = std::move(value);
        else if (m_open.back().value.isObject())
            m_open.back().value.insert(m_open.back().key, std::move(value));
        else
            m_open.back().value.append(std::move(value));
    }

    qint64 m_limit;
    qint64 m_size = 0;
    JsonValue m_value;
    std::vector<Open> m_open;
};

/// What RapidJSON calls. Entries are the values in the array log.entries; log.creator is kept as well.
class Handler
{
public:
    Handler(JsonStream &stream, const HarReadOptions &options, const EntryTaker &taker,
        HarReading &reading)
        : m_stream(stream)
        , m_taker(taker)
        , m_reading(reading)
        , m_builder(options.entryLimit)
    {
    }

    bool hasEntries() const { return m_hasEntries; }

    bool isTooDeep() const { return m_depth > DepthLimit; }

    bool isInEntry() const { return m_isInEntries && m_isBuilding; }

    /// That comes next, or is being read; from 1.
    qint64 entry() const { return m_reading.entries + m_reading.leftOut + 1; }

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON calls these by name
    bool Null() { return add(JsonValue::Kind::Null, {}); }

    bool Bool(bool value) { return add(JsonValue::Kind::Bool, value ? "true" : "false"); }

    // Numbers come spelled, but for NaN and Infinity.
    bool Int(int) { return false; }

    bool Uint(unsigned) { return false; }

    bool Int64(int64_t) { return false; }

    bool Uint64(uint64_t) { return false; }

    bool Double(double) { return Null(); }

    bool RawNumber(const char *text, rapidjson::SizeType size, bool)
    {
        return add(JsonValue::Kind::Number, m_isBuilding ? QByteArray(text, size) : QByteArray());
    }

    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        if (m_stream.hasCutString())
            m_builder.refuse();
        return add(JsonValue::Kind::Text, wants() ? QByteArray(text, size) : QByteArray());
    }

    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        const bool isCut = m_stream.hasCutString();
        if (m_isBuilding && isCut)
            m_builder.refuse();
        else if (m_isBuilding)
            m_builder.setKey(QByteArray(text, size));
        else if (m_depth == 1)
            m_isInLog = QByteArrayView(text, size) == QByteArrayView("log");
        else if (m_depth == 2 && m_isInLog)
            m_place = placeOf(QByteArrayView(text, size));
        return true;
    }

    bool StartObject() { return open(JsonValue::Kind::Object); }

    bool EndObject(rapidjson::SizeType) { return close(); }

    bool StartArray() { return open(JsonValue::Kind::Array); }

    bool EndArray(rapidjson::SizeType) { return close(); }

    // NOLINTEND(readability-identifier-naming)

private:
    enum class Place
    {
        Elsewhere,
        Entries, // log.entries
        Creator // log.creator
    };

    static Place placeOf(QByteArrayView key)
    {
        if (key == QByteArrayView("entries"))
            return Place::Entries;
        return key == QByteArrayView("creator") ? Place::Creator : Place::Elsewhere;
    }

    bool wants() const { return (m_isBuilding || beginsValue()) && !m_builder.isTooLarge(); }

    /// A value that starts here is an entry, or the creator.
    bool beginsValue() const
    {
        if (m_depth == 2)
            return m_isInLog && m_place == Place::Creator;
        return m_depth == 3 && m_isInEntries;
    }

    bool add(JsonValue::Kind kind, const QByteArray &spelling)
    {
        if (!m_isBuilding && !beginsValue())
            return true;
        m_builder.add(kind, spelling);
        return m_isBuilding || finish();
    }

    bool open(JsonValue::Kind kind)
    {
        if (!m_isBuilding && m_depth == 2 && m_isInLog && m_place == Place::Entries
            && kind == JsonValue::Kind::Array) {
            m_isInEntries = true;
            m_hasEntries = true;
        } else if (!m_isBuilding && beginsValue()) {
            m_isBuilding = true;
            m_outerDepth = m_depth;
        }
        if (m_isBuilding)
            m_builder.open(kind);
        ++m_depth;
        return !isTooDeep();
    }

    bool close()
    {
        --m_depth;
        if (!m_isBuilding) {
            if (m_depth <= 2)
                m_isInEntries = false;
            if (m_depth <= 1)
                m_place = Place::Elsewhere;
            return true;
        }
        m_builder.close();
        if (m_depth != m_outerDepth)
            return true;
        m_isBuilding = false;
        return finish();
    }

    /// A value is whole.
    bool finish()
    {
        bool goesOn = true;
        const JsonValue &value = m_builder.value();
        if (!m_isInEntries)
            m_reading.creator
                = QString(value["name"].toString() + u' ' + value["version"].toString()).trimmed();
        else if (m_builder.isTooLarge())
            goesOn = m_taker.leaveOut(QStringLiteral("too large, left out"));
        else if (!value.isObject())
            goesOn = m_taker.leaveOut(QStringLiteral("not an object, left out"));
        else
            goesOn = m_taker.take(value);
        m_builder.clear();
        m_reading.isStopped = !goesOn;
        return goesOn;
    }

    JsonStream &m_stream;
    const EntryTaker &m_taker;
    HarReading &m_reading;
    ValueBuilder m_builder;
    int m_depth = 0;
    int m_outerDepth = 0; // of the value that is being built
    bool m_isInLog = false;
    Place m_place = Place::Elsewhere;
    bool m_isInEntries = false;
    bool m_isBuilding = false;
    bool m_hasEntries = false;
};

QString messageOf(rapidjson::ParseErrorCode code, JsonStream &stream, const Handler &handler)
{
    if (!stream.error().isEmpty())
        return stream.error() + u'.';
    if (code == rapidjson::kParseErrorDocumentEmpty)
        return QStringLiteral("The file is empty.");
    if (handler.isTooDeep())
        return QStringLiteral("Values are nested too deep.");
    if (code != rapidjson::kParseErrorNone && stream.isAtEnd())
        return QStringLiteral("The file ends in the middle of a value.");
    if (code != rapidjson::kParseErrorNone)
        return QStringLiteral("It is no JSON here: %1")
            .arg(QString::fromLatin1(rapidjson::GetParseError_En(code)));
    return QStringLiteral("It is JSON, but no HAR: there are no log.entries.");
}

} // namespace

void parseEntries(
    QIODevice &device, const HarReadOptions &options, const EntryTaker &taker, HarReading &reading)
{
    JsonStream stream(device, options.entryLimit, [&](qint64 octets) {
        const qint64 size = device.isSequential() ? 0 : device.size();
        return !options.progress || options.progress(size > 0 ? double(octets) / double(size) : -1);
    });
    Handler handler(stream, options, taker, reading);
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<ParseFlags>(stream, handler);
    if (stream.isStopped())
        reading.isStopped = true;
    if (reading.isStopped
        || (!result.IsError() && handler.hasEntries() && stream.error().isEmpty()))
        return;
    reading.error
        = { messageOf(result.Code(), stream, handler), handler.isInEntry() ? handler.entry() : -1,
              stream.offset(), stream.line(), stream.column() };
}

} // namespace headrace::formats
