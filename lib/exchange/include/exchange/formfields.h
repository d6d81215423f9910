#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace headrace::exchange {

/// A pair of application/x-www-form-urlencoded.
struct FormField
{
    QByteArray rawName; ///< As it was sent.
    QByteArray rawValue;
    QByteArray name; ///< Without its escapes; octets, UTF-8 as a rule.
    QByteArray value;
    bool hasValue = false; ///< It has a "=".
    bool isBroken = false; ///< A "%" is not followed by two hexadecimal digits; it stays as it is.

    bool operator==(const FormField &) const = default;
};

/** The pairs of a form in their order; empty ones between two "&" are left out. Tolerant: everything is a form.
    Source: URL Standard section 5.1 (application/x-www-form-urlencoded parsing). Thread: any. */
QList<FormField> formFieldsOf(QByteArrayView body);

/// "+" becomes a blank, and escapes their octets. \a isBroken is set when there is one that is none.
QByteArray formDecoded(QByteArrayView raw, bool *isBroken = nullptr);

} // namespace headrace::exchange
