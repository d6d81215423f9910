#include "traffic/trafficmodel.h"

#include <exchange/exchange.h>
#include <session/session.h>

#include <Qsci/qsciscintilla.h>
