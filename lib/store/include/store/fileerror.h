#pragma once

#include <QString>

namespace headrace::store {

/// Why a session file cannot be used, or not written.
struct FileError
{
    enum class Code
    {
        None,
        NotFound,
        NotASession, ///< Some other file.
        Damaged,
        Newer, ///< Of a Headrace that knows more than this one.
        InUse, ///< Another Headrace has it open, or another program holds it.
        ReadOnly, ///< The file or its folder must not be written.
        DiskFull,
        Failed, ///< Anything else; the message says what.
    };

    Code code = Code::None;
    QString message; ///< For people, with the file's name where that helps.

    explicit operator bool() const { return code != Code::None; }
};

} // namespace headrace::store
