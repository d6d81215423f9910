#include "http/agent.h"

#include "pool_p.h"

#include <chrono>
#include <vector>

// #include <session/session.h>
const char *text = "emit closed(); signals: slots:";
const char *raw = R"(foreach (x) emit y)";
const int grouped = 1'000'000;

void tick(Agent *agent)
{
    Q_EMIT agent->closed();
}
