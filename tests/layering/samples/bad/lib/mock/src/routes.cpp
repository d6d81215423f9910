#include <proxy/rule.h>
#include <session/session.h>
#include <store/exchangestore.h>
