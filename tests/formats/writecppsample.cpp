// Writes the C++ program of one sample; run when the tests are built. The port is read from HEADRACE_TEST_PORT, and the files
// are in HEADRACE_TEST_FOLDER, as neither is known then.
#include "codesamples.h"

#include <formats/code.h>

#include <QFile>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    for (const CodeSample &sample : codeSamples(samplePort, QStringLiteral("."))) {
        if (!sample.isCompiled
            || QString::fromLatin1(sample.name).replace(u' ', u'-')
                != QString::fromLocal8Bit(argv[1]))
            continue;
        QByteArray code
            = headrace::formats::writeCode(sample.request, headrace::formats::CodeTarget::Cpp);
        const QByteArray port = QByteArray::number(samplePort);
        code.replace("options.port = " + port,
            "options.port = quint16(qEnvironmentVariableIntValue(\"HEADRACE_TEST_PORT\"))");
        code.replace(
            "\"127.0.0.1:" + port + '"', "\"127.0.0.1:\" + qgetenv(\"HEADRACE_TEST_PORT\")");
        QFile file(QString::fromLocal8Bit(argv[2]));
        return file.open(QIODevice::WriteOnly) && file.write(code) == code.size() ? 0 : 1;
    }
    return 1;
}
