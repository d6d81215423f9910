#include "wire/fields.h"

#include <http/agent.h>

#include <QIODevice>
#include <QtCore/QByteArray>
#include <chrono>
