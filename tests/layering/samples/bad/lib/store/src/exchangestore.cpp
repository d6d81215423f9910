#include <formats/har.h>
