#pragma once

#include <QStringList>

namespace headrace::http::test {

/// Keeps what is printed with qInfo() and qWarning() while it lives; one at a time.
class Printed
{
public:
    Printed();
    ~Printed();
    Q_DISABLE_COPY_MOVE(Printed)

    QStringList lines() const;
    QString text() const; ///< The lines, parted by line ends.
};

} // namespace headrace::http::test
