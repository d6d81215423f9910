#pragma once

namespace headrace::app {

/// Runs the window until it is closed. Answers the exit status.
int runWindow(int &argc, char **argv);

} // namespace headrace::app
