#include <session/session.h>
#include <traffic/trafficmodel.h>
