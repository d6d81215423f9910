#include <http/server.h>
#include <traffic/trafficmodel.h>
