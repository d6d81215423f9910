#include <mock/routesview.h>
