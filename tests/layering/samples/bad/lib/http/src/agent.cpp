#include <http/agent.h>

#include "../../wire/src/tables_p.h"
#include "missing_p.h"
#include "wire/fields.h"

class Agent : public QObject
{
    Q_OBJECT
public slots:
    void stop();
signals:
    void closed();
};

void Agent::stop()
{
    foreach (int socket, sockets)
        emit closed();
}
