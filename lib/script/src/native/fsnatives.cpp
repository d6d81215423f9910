#include "native/natives.h"
#include "openfiles.h"
#include "program/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace headrace::script {

namespace {

// Each function answers what it is asked for, or the negative number of an error.

QByteArray pathOf(const Call &call, qsizetype index) { return QFile::encodeName(call.text(index)); }

/// The result of a system call: itself, or the negative number of the error.
JSValueRef answered(const Call &call, qint64 result)
{
    return call.answer(result < 0 ? qint64(-errno) : result);
}

enum class LastPart
{
    Followed, ///< What a symbolic link leads to counts.
    Itself,
};

/// Where \a path is once links are resolved, also if nothing is there yet. Empty: its folder does not exist.
QString placeOf(const QString &path, LastPart lastPart)
{
    const QFileInfo info(QDir::current().absoluteFilePath(path));
    if (lastPart == LastPart::Followed) {
        if (info.exists())
            return info.canonicalFilePath();
        if (info.isSymLink()) // a link to nothing: writing would make its target
            return {};
    }
    const QString name = info.fileName();
    const QString folder = QFileInfo(info.path()).canonicalFilePath();
    return folder.isEmpty() || name.isEmpty() || name == u"." || name == u".."
        ? QString()
        : folder + u'/' + name;
}

/// Whether the program may change what is at \a path: it is below its write directory.
bool mayWrite(const Call &call, qsizetype index, LastPart lastPart)
{
    const QString &allowed = Program::of(call).options.writeDirectory;
    if (allowed.isEmpty())
        return false;
    const QString root = QFileInfo(allowed).canonicalFilePath();
    const QString place = placeOf(call.text(index), lastPart);
    return !root.isEmpty() && place.startsWith(root + u'/');
}

JSValueRef refused(const Call &call) { return call.answer(-EACCES); }

JSValueRef statValue(Call &call, int result, const struct stat &found)
{
    if (result != 0)
        return call.answer(-errno);
    const auto milliseconds = [](const timespec &time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    };
    const std::array<double, 14> figures { double(found.st_dev), double(found.st_mode),
        double(found.st_nlink), double(found.st_uid), double(found.st_gid), double(found.st_rdev),
        double(found.st_blksize), double(found.st_ino), double(found.st_size),
        double(found.st_blocks), milliseconds(found.st_atim), milliseconds(found.st_mtim),
        milliseconds(found.st_ctim), milliseconds(found.st_ctim) };
    std::array<JSValueRef, figures.size()> values;
    std::ranges::transform(
        figures, values.begin(), [&](double figure) { return call.answer(figure); });
    return arrayValue(call.ref(), values);
}

/// stat(path, follows): the figures of fs.Stats, in its order
JSValueRef stat(Call &call)
{
    struct stat found
    {
    };

    const QByteArray path = pathOf(call, 0);
    const int result
        = call.boolean(1) ? ::stat(path.constData(), &found) : ::lstat(path.constData(), &found);
    return statValue(call, result, found);
}

/// fstat(descriptor)
JSValueRef fstat(Call &call)
{
    struct stat found
    {
    };

    if (!OpenFiles::of(Program::of(call)).has(call.integer(0)))
        return call.answer(-EBADF);
    return statValue(call, ::fstat(call.integer(0), &found), found);
}

/// open(path, flags, mode): descriptor
JSValueRef open(Call &call)
{
    const int flags = call.integer(1);
    const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
    if (writes && !mayWrite(call, 0, LastPart::Followed))
        return refused(call);
    // Without O_NONBLOCK a named pipe nobody writes to would hold up the whole program.
    const int descriptor = ::open(
        pathOf(call, 0).constData(), flags | O_CLOEXEC | O_NONBLOCK, mode_t(call.integer(2)));
    if (descriptor >= 0)
        OpenFiles::of(Program::of(call)).add(descriptor);
    return answered(call, descriptor);
}

JSValueRef close(Call &call)
{
    return call.answer(OpenFiles::of(Program::of(call)).close(call.integer(0)));
}

/// Runs \a transfer(descriptor, data, length, position) on the part of a typed array that is given:
/// (descriptor, octets, offset, length, position or -1).
template <typename Positioned, typename Plain>
JSValueRef transfer(Call &call, Positioned positioned, Plain plain)
{
    const int descriptor = call.integer(0);
    if (!OpenFiles::of(Program::of(call)).has(descriptor))
        return call.answer(-EBADF);
    const std::span<char> memory = call.memory(1);
    const qsizetype size = qsizetype(memory.size());
    const qsizetype offset = std::clamp<qsizetype>(call.integer(2), 0, size);
    const qsizetype length = std::clamp<qsizetype>(call.integer(3), 0, size - offset);
    const double position = call.number(4);
    char *data = memory.data() + offset;
    return answered(call,
        position >= 0 ? positioned(descriptor, data, size_t(length), off_t(position))
                      : plain(descriptor, data, size_t(length)));
}

JSValueRef read(Call &call) { return transfer(call, ::pread, ::read); }

JSValueRef write(Call &call) { return transfer(call, ::pwrite, ::write); }

/// readdir(path): [name, type, name, type…], the types as UV_DIRENT_* number them
JSValueRef readdir(Call &call)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(
        ::opendir(pathOf(call, 0).constData()), ::closedir);
    if (!folder)
        return call.answer(-errno);
    const auto kindOf = [](uchar type) {
        switch (type) {
        case DT_REG:
            return 1;
        case DT_DIR:
            return 2;
        case DT_LNK:
            return 3;
        case DT_FIFO:
            return 4;
        case DT_SOCK:
            return 5;
        case DT_CHR:
            return 6;
        case DT_BLK:
            return 7;
        default:
            return 0;
        }
    };
    std::vector<std::pair<QByteArray, int>> found;
    while (const dirent *entry = ::readdir(folder.get())) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            found.emplace_back(name, kindOf(entry->d_type));
    }
    std::ranges::sort(found);
    ValueList values(call.ref());
    for (const auto &[name, kind] : found) {
        values.push_back(textValue(call.ref(), QFile::decodeName(name)));
        values.push_back(call.answer(kind));
    }
    return arrayValue(call.ref(), values);
}

/// realpath(path): text
JSValueRef realpath(Call &call)
{
    const std::unique_ptr<char, void (*)(void *)> real(
        ::realpath(pathOf(call, 0).constData(), nullptr), ::free);
    return real ? textValue(call.ref(), QFile::decodeName(real.get())) : call.answer(-errno);
}

/// readlink(path): text
JSValueRef readlink(Call &call)
{
    std::array<char, PATH_MAX> target;
    const ssize_t length = ::readlink(pathOf(call, 0).constData(), target.data(), target.size());
    return length < 0 ? call.answer(-errno)
                      : textValue(call.ref(), QFile::decodeName(QByteArray(target.data(), length)));
}

/// access(path, mode)
JSValueRef access(Call &call)
{
    const int mode = call.integer(1);
    if ((mode & W_OK) && !mayWrite(call, 0, LastPart::Followed))
        return refused(call);
    return answered(call, ::access(pathOf(call, 0).constData(), mode));
}

/// mkdir(path, mode)
JSValueRef mkdir(Call &call)
{
    if (!mayWrite(call, 0, LastPart::Itself))
        return refused(call);
    return answered(call, ::mkdir(pathOf(call, 0).constData(), mode_t(call.integer(1))));
}

JSValueRef rmdir(Call &call)
{
    if (!mayWrite(call, 0, LastPart::Itself))
        return refused(call);
    return answered(call, ::rmdir(pathOf(call, 0).constData()));
}

JSValueRef unlink(Call &call)
{
    if (!mayWrite(call, 0, LastPart::Itself))
        return refused(call);
    return answered(call, ::unlink(pathOf(call, 0).constData()));
}

/// rename(from, to)
JSValueRef rename(Call &call)
{
    if (!mayWrite(call, 0, LastPart::Itself) || !mayWrite(call, 1, LastPart::Itself))
        return refused(call);
    return answered(call, ::rename(pathOf(call, 0).constData(), pathOf(call, 1).constData()));
}

/// ftruncate(descriptor, length)
JSValueRef ftruncate(Call &call)
{
    if (!OpenFiles::of(Program::of(call)).has(call.integer(0)))
        return call.answer(-EBADF);
    return answered(call, ::ftruncate(call.integer(0), off_t(call.number(1))));
}

constexpr NativeModule::Function functions[] = {
    { "stat", nativeFunction<stat> },
    { "fstat", nativeFunction<fstat> },
    { "open", nativeFunction<open> },
    { "close", nativeFunction<close> },
    { "read", nativeFunction<read> },
    { "write", nativeFunction<write> },
    { "readdir", nativeFunction<readdir> },
    { "realpath", nativeFunction<realpath> },
    { "readlink", nativeFunction<readlink> },
    { "access", nativeFunction<access> },
    { "mkdir", nativeFunction<mkdir> },
    { "rmdir", nativeFunction<rmdir> },
    { "unlink", nativeFunction<unlink> },
    { "rename", nativeFunction<rename> },
    { "ftruncate", nativeFunction<ftruncate> },
};

} // namespace

const NativeModule fsNatives { "fs", functions };

} // namespace headrace::script
