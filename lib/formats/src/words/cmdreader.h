#pragma once

#include "formats/shellcommand.h"

namespace headrace::formats {

/// Reads command lines of cmd.exe; see readCommands().
ShellCommands readCmdCommands(const QByteArray &text);

} // namespace headrace::formats
