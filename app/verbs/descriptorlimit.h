#pragma once

namespace headrace::app {

/// As many open files and sockets as the system allows this user: a connection through the proxy takes two.
void raiseDescriptorLimit();

} // namespace headrace::app
