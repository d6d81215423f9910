#include "native/natives.h"
#include "program/program.h"

#include <QFile>
#include <QFileInfo>

namespace headrace::script {

namespace {

constexpr const char *BuiltinParameters = "exports, require, module, native, process";
constexpr const char *PackagedParameters = "exports, require, module";
constexpr const char *FileParameters = "exports, require, module, __filename, __dirname";

QByteArray resource(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

JSValueRef compiled(
    Call &call, const QByteArray &source, const QString &file, const char *parameters)
{
    JSValueRef exception = nullptr;
    const JSObjectRef function = call.context().compile(source, file, parameters, &exception);
    return function ? function : call.failWith(exception);
}

/// builtin(name): the function of one of our modules; undefined: there is none.
JSValueRef builtin(Call &call)
{
    const QString name = call.text(0);
    const QString path = QStringLiteral(":/script/js/%1.js").arg(name);
    if (!QFile::exists(path))
        return call.undefined();
    return compiled(call, resource(path), QStringLiteral("node:%1").arg(name), BuiltinParameters);
}

/// packaged(path): the function of a bundled file, as those of user files.
JSValueRef packaged(Call &call)
{
    const QString name = call.text(0);
    return compiled(call, resource(QStringLiteral(":/script/modules/%1").arg(name)),
        QStringLiteral("node:internal/deps/%1").arg(name), PackagedParameters);
}

/// packagedText(path): a bundled file as text.
JSValueRef packagedText(Call &call)
{
    return utf8Value(call.ref(), resource(QStringLiteral(":/script/modules/%1").arg(call.text(0))));
}

/// compile(source, file): the function of a CommonJS module of the user.
JSValueRef compile(Call &call)
{
    Q_EMIT Program::of(call).q->fileLoaded(call.text(1));
    return compiled(call, call.utf8(0), call.text(1), FileParameters);
}

/// loaded(path): a file of the user that is no JavaScript was read.
JSValueRef loaded(Call &call)
{
    Q_EMIT Program::of(call).q->fileLoaded(call.text(0));
    return call.undefined();
}

/// stat(path): 0 a file, 1 a folder, -1 neither.
JSValueRef stat(Call &call)
{
    const QFileInfo info(call.text(0));
    return call.answer(info.isFile() ? 0 : info.isDir() ? 1 : -1);
}

/// readText(path): undefined if it cannot be read.
JSValueRef readText(Call &call)
{
    QFile file(call.text(0));
    return file.open(QIODevice::ReadOnly) ? utf8Value(call.ref(), file.readAll())
                                          : call.undefined();
}

/// realPath(path): without symbolic links; the same path if there is nothing.
JSValueRef realPath(Call &call)
{
    const QString path = call.text(0);
    const QString real = QFileInfo(path).canonicalFilePath();
    return textValue(call.ref(), real.isEmpty() ? path : real);
}

constexpr NativeModule::Function functions[] = {
    { "builtin", nativeFunction<builtin> },
    { "packaged", nativeFunction<packaged> },
    { "packagedText", nativeFunction<packagedText> },
    { "compile", nativeFunction<compile> },
    { "loaded", nativeFunction<loaded> },
    { "stat", nativeFunction<stat> },
    { "readText", nativeFunction<readText> },
    { "realPath", nativeFunction<realPath> },
};

} // namespace

const NativeModule loaderNatives { "loader", functions };

} // namespace headrace::script
