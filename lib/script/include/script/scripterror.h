#pragma once

#include <QMetaType>
#include <QString>

namespace headrace::script {

/// Why a script ended before its time: what nobody caught, or a syntax error.
struct ScriptError
{
    QString message; ///< "TypeError: res.sned is not a function"
    QString
        stack; ///< As Node prints it: the message, then one "    at name (file:line:column)" per call.
    QString file; ///< Where it was thrown; empty: not known.
    int line = -1; ///< From 1; -1: not known.
    int column = -1; ///< From 1; -1: not known.
};

} // namespace headrace::script

Q_DECLARE_METATYPE(headrace::script::ScriptError)
