#include <traffic/trafficview.h>

#include <QSqlQuery>
#include <QTcpSocket>
#include <QtWidgets/QWidget>
