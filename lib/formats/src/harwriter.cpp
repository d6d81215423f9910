#include "formats/harwriter.h"

#include "har/entrywriter.h"
#include "har/jsonwriter.h"

namespace headrace::formats {

HarWriter::HarWriter(QIODevice &device, const QString &creatorVersion)
    : m_device(device)
    , m_creatorVersion(creatorVersion)
{
}

HarError HarWriter::begin()
{
    JsonWriter creator;
    creator.beginObject();
    creator.text("name", QByteArrayView("Headrace"));
    creator.text("version", m_creatorVersion);
    creator.endObject();
    return write(R"({"log":{"version":"1.2","creator":)" + creator.take() + R"(,"entries":[)");
}

HarError HarWriter::add(const exchange::Exchange &exchange)
{
    JsonWriter entry;
    writeEntry(entry, exchange);
    const QByteArray separator = m_isFirst ? "\n" : ",\n";
    m_isFirst = false;
    if (const HarError error = write(separator))
        return error;
    return write(entry.take());
}

HarError HarWriter::end() { return write("\n]}}\n"); }

HarError HarWriter::write(const QByteArray &text)
{
    if (!m_error && m_device.write(text) != text.size())
        m_error.message = QStringLiteral("It cannot be written: %1.").arg(m_device.errorString());
    return m_error;
}

} // namespace headrace::formats
