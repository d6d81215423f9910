#include "native/natives.h"

#include <QDir>
#include <QFile>
#include <QHostInfo>
#include <QNetworkInterface>
#include <QSysInfo>
#include <QThread>

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace headrace::script {

namespace {

utsname systemName()
{
    utsname name {};
    uname(&name);
    return name;
}

JSValueRef bytesValue(Call &call, const char *text) { return utf8Value(call.ref(), text); }

/// platform(): Node's name of it
JSValueRef platform(Call &call)
{
#ifdef Q_OS_MACOS
    return bytesValue(call, "darwin");
#else
    return bytesValue(call, "linux");
#endif
}

/// arch(): Node's name of the processor
JSValueRef arch(Call &call)
{
    const QString name = QSysInfo::currentCpuArchitecture();
    return name == u"x86_64" ? bytesValue(call, "x64")
        : name == u"i386"    ? bytesValue(call, "ia32")
                             : textValue(call.ref(), name);
}

JSValueRef type(Call &call) { return bytesValue(call, systemName().sysname); }

JSValueRef release(Call &call) { return bytesValue(call, systemName().release); }

JSValueRef version(Call &call) { return bytesValue(call, systemName().version); }

JSValueRef hostname(Call &call) { return textValue(call.ref(), QSysInfo::machineHostName()); }

JSValueRef homedir(Call &call) { return textValue(call.ref(), QDir::homePath()); }

JSValueRef cpuCount(Call &call) { return call.answer(QThread::idealThreadCount()); }

/// uptime(): seconds since the system started
JSValueRef uptime(Call &call)
{
    QFile file(QStringLiteral("/proc/uptime"));
    if (!file.open(QIODevice::ReadOnly))
        return call.answer(0);
    return call.answer(file.readAll().split(' ').first().toDouble());
}

/// loadavg(): three numbers
JSValueRef loadavg(Call &call)
{
    std::array<double, 3> loads {};
    getloadavg(loads.data(), int(loads.size()));
    std::array<JSValueRef, 3> values;
    for (size_t i = 0; i < loads.size(); ++i)
        values[i] = call.answer(loads[i]);
    return arrayValue(call.ref(), values);
}

/// A line "NAME:  123 kB" of /proc/meminfo, in octets.
qint64 memoryFigure(QByteArrayView name)
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name)) {
            const QByteArray figure = line.sliced(name.size() + 1).trimmed();
            return figure.left(figure.indexOf(' ')).toLongLong() * 1024;
        }
    }
    return 0;
}

JSValueRef totalmem(Call &call) { return call.answer(memoryFigure("MemTotal")); }

JSValueRef freemem(Call &call) { return call.answer(memoryFigure("MemAvailable")); }

/// residentOctets(): of this process
JSValueRef residentOctets(Call &call)
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return call.answer(0);
    return call.answer(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE));
}

/// cpuTime(): [user, system] in microseconds, of this process
JSValueRef cpuTime(Call &call)
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto microseconds
        = [](const timeval &time) { return qint64(time.tv_sec) * 1'000'000 + time.tv_usec; };
    return arrayValue(call.ref(),
        std::array<JSValueRef, 2> {
            call.answer(microseconds(usage.ru_utime)), call.answer(microseconds(usage.ru_stime)) });
}

/// networkInterfaces(): [[name, address, netmask, prefix length, is IPv6, mac, is internal, scope], …]
JSValueRef networkInterfaces(Call &call)
{
    const JSContextRef context = call.ref();
    ValueList rows(context);
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        if (!(interface.flags() & QNetworkInterface::IsUp))
            continue;
        const bool isInternal = interface.flags() & QNetworkInterface::IsLoopBack;
        const QString mac = interface.hardwareAddress().toLower();
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            QHostAddress address = entry.ip();
            const QString scope = address.scopeId();
            address.setScopeId({});
            rows.push_back(arrayValue(context,
                std::array<JSValueRef, 8> { textValue(context, interface.name()),
                    textValue(context, address.toString()),
                    textValue(context, entry.netmask().toString()),
                    call.answer(entry.prefixLength()),
                    call.answer(address.protocol() == QAbstractSocket::IPv6Protocol),
                    textValue(context,
                        mac.isEmpty() || isInternal ? QStringLiteral("00:00:00:00:00:00") : mac),
                    call.answer(isInternal),
                    call.answer(QNetworkInterface::interfaceIndexFromName(scope)) }));
        }
    }
    return arrayValue(context, rows);
}

JSValueRef getuid(Call &call) { return call.answer(int(::getuid())); }

JSValueRef geteuid(Call &call) { return call.answer(int(::geteuid())); }

JSValueRef getgid(Call &call) { return call.answer(int(::getgid())); }

JSValueRef getegid(Call &call) { return call.answer(int(::getegid())); }

constexpr NativeModule::Function functions[] = {
    { "platform", nativeFunction<platform> },
    { "arch", nativeFunction<arch> },
    { "type", nativeFunction<type> },
    { "release", nativeFunction<release> },
    { "version", nativeFunction<version> },
    { "hostname", nativeFunction<hostname> },
    { "homedir", nativeFunction<homedir> },
    { "cpuCount", nativeFunction<cpuCount> },
    { "uptime", nativeFunction<uptime> },
    { "loadavg", nativeFunction<loadavg> },
    { "totalmem", nativeFunction<totalmem> },
    { "freemem", nativeFunction<freemem> },
    { "residentOctets", nativeFunction<residentOctets> },
    { "cpuTime", nativeFunction<cpuTime> },
    { "networkInterfaces", nativeFunction<networkInterfaces> },
    { "getuid", nativeFunction<getuid> },
    { "geteuid", nativeFunction<geteuid> },
    { "getgid", nativeFunction<getgid> },
    { "getegid", nativeFunction<getegid> },
};

} // namespace

const NativeModule osNatives { "os", functions };

} // namespace headrace::script
