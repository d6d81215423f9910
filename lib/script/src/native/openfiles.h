#pragma once

#include <QObject>
#include <QSet>

namespace headrace::script {

class Program;

/** The files that a program has open: it reaches no other descriptor of the process, and they are closed when it
    ends. Owner: the program. */
class OpenFiles : public QObject
{
    Q_OBJECT

public:
    static OpenFiles &of(Program &program);
    ~OpenFiles() override;

    void add(int descriptor) { m_descriptors.insert(descriptor); }

    bool has(int descriptor) const { return m_descriptors.contains(descriptor); }

    int close(int descriptor); ///< 0, or the negative number of an error.

private:
    explicit OpenFiles(Program &program);

    Program &m_program;
    QSet<int> m_descriptors;
};

} // namespace headrace::script
