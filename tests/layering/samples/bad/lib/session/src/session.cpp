#include <traffic/trafficmodel.h>
