#include <http/observer.h>
#include <wire/fields.h>
