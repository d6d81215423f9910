#pragma once

#include <session/proxytrust.h>

#include <QList>
#include <QString>
#include <QUrl>

namespace headrace::ui {

/// Where the proxy tells devices how to trust it.
QString helpAddress();

/// What to do on a device or in a program, so that it comes through the proxy and trusts it.
struct DeviceHelp
{
    QString name; ///< "iPhone, iPad"
    QString text; ///< Rich text: steps.
};

/// \a certificateFile: of the authority, where the steps name it. \a address: "192.168.1.20:8080".
QList<DeviceHelp> deviceHelp(const QString &certificateFile, const QString &address);

/// "AB:CD:…", in groups as devices show it.
QString fingerprintText(const QByteArray &sha256);

} // namespace headrace::ui
