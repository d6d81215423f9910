#include "formats/harwriter.h"

#include "har/entrywriter.h"
#include "har/jsonwriter.h"

#include <utility>

namespace headrace::formats {

HarWriter::HarWriter(QIODevice &device, const QString &creatorVersion)
    : m_device(device)
    , m_creatorVersion(creatorVersion)
{
}

HarError HarWriter::begin()
{
    if (write(R"({"log":{"version":"1.2","creator":)"))
        return m_error;
    JsonWriter creator(m_device);
    creator.beginObject();
    creator.text("name", QByteArrayView("Headrace"));
    creator.text("version", m_creatorVersion);
    creator.endObject();
    if (!creator.flush())
        return failure();
    return write(R"(,"entries":[)");
}

HarError HarWriter::add(const exchange::Exchange &exchange)
{
    if (write(std::exchange(m_isFirst, false) ? "\n" : ",\n"))
        return m_error;
    JsonWriter entry(m_device);
    writeEntry(entry, exchange);
    return entry.flush() ? HarError() : failure();
}

HarError HarWriter::end() { return write("\n]}}\n"); }

HarError HarWriter::write(const QByteArray &text)
{
    return m_error || m_device.write(text) == text.size() ? m_error : failure();
}

HarError HarWriter::failure()
{
    m_error.message = QStringLiteral("It cannot be written: %1.").arg(m_device.errorString());
    return m_error;
}

} // namespace headrace::formats
