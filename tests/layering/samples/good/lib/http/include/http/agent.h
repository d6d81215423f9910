#pragma once
#include "http/error.h"

#include <wire/fields.h>

#include <QObject>

/// Its signals: see below. We never emit from here; "slots: none".
class Agent : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void closed();
};
