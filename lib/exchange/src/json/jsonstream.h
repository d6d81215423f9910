#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace headrace::exchange::json {

/// Lays out JSON that is known to be right as it comes, in pieces of any size, as formatJson() does a whole.
class LayoutStream
{
public:
    /// \a inputSize: of all that will come; bounds what is made.
    explicit LayoutStream(qint64 inputSize)
        : m_room(inputSize * 8 + 64 * 1024)
    {
    }

    void feed(QByteArrayView octets, QByteArray *to);

private:
    void structure(char octet, QByteArray *to);
    void newLine(QByteArray *to);
    void append(char octet, QByteArray *to);

    std::vector<bool> m_open; ///< True: object.
    qint64 m_room; ///< For line breaks.
    bool m_inString = false;
    bool m_isEscaped = false;
    bool m_isJustOpened = false;
};

} // namespace headrace::exchange::json
