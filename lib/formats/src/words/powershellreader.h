#pragma once

#include "formats/shellcommand.h"

namespace headrace::formats {

/// Reads command lines of PowerShell; see readCommands().
ShellCommands readPowerShellCommands(const QByteArray &text);

} // namespace headrace::formats
