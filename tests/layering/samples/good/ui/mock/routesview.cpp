#include "mock/routesview.h"

#include <mock/route.h>
