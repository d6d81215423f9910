#include "openfiles.h"

#include "program/program.h"

#include <unistd.h>

#include <cerrno>

namespace headrace::script {

namespace {

/// Those of this thread's programs.
QHash<const Program *, OpenFiles *> &known()
{
    static thread_local QHash<const Program *, OpenFiles *> files;
    return files;
}

} // namespace

OpenFiles::OpenFiles(Program &program)
    : m_program(program)
{
    known().insert(&program, this);
    program.addOpen(this);
}

OpenFiles::~OpenFiles()
{
    known().remove(&m_program);
    for (const int descriptor : std::as_const(m_descriptors))
        ::close(descriptor);
}

OpenFiles &OpenFiles::of(Program &program)
{
    OpenFiles *files = known().value(&program);
    return files ? *files : *new OpenFiles(program);
}

int OpenFiles::close(int descriptor)
{
    if (!m_descriptors.remove(descriptor))
        return -EBADF;
    return ::close(descriptor) == 0 ? 0 : -errno;
}

} // namespace headrace::script
