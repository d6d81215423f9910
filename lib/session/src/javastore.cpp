#include "javastore_p.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

namespace headrace::session {

namespace {

constexpr quint32 Magic = 0xfeedfeed;
constexpr quint32 Version = 2;
constexpr quint32 TrustedEntry = 2;

/// java.io.DataOutput.writeUTF of ASCII.
void writeText(QDataStream &stream, const QByteArray &text)
{
    stream << quint16(text.size());
    stream.writeRawData(text.constData(), int(text.size()));
}

} // namespace

QByteArray javaTrustStore(const QList<QByteArray> &certificates, const QByteArray &password)
{
    QByteArray store;
    QDataStream stream(&store, QIODevice::WriteOnly); // big-endian, as Java's
    stream << Magic << Version << quint32(certificates.size());
    for (qsizetype i = 0; i < certificates.size(); ++i) {
        const QByteArray &certificate = certificates.at(i);
        stream << TrustedEntry;
        writeText(stream, "ca" + QByteArray::number(i));
        stream << quint64(0); // made at: milliseconds since 1970
        writeText(stream, "X.509");
        stream << quint32(certificate.size());
        stream.writeRawData(certificate.constData(), int(certificate.size()));
    }
    // The digest that stands for a signature: password in UTF-16, a fixed text, and all of the above.
    QCryptographicHash digest(QCryptographicHash::Sha1);
    for (const char c : password) {
        digest.addData(QByteArrayView("\0", 1));
        digest.addData(QByteArrayView(&c, 1));
    }
    digest.addData(QByteArrayView("Mighty Aphrodite"));
    digest.addData(store);
    return store + digest.result();
}

} // namespace headrace::session
