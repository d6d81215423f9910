#pragma once

#include "curl/files.h"
#include "curl/operation.h"
#include "curl/option.h"

namespace headrace::formats::curl {

/// Turns the arguments of one command into operations: which option each is, and what it sets.
class ArgumentReader
{
public:
    explicit ArgumentReader(Files &files);

    QList<Operation> read(const QList<QByteArray> &arguments);

    /// Why curl would not send anything; empty when it would.
    QString refusal() const;

private:
    void readLong(const QByteArray &argument);
    void readLetters(const QByteArray &argument);
    void take(const Option &option, const QByteArray &shown, const QByteArray &value, bool isOn);
    std::optional<QByteArray> nextValue(const QByteArray &option);
    bool setBody(Id id, const QByteArray &value);
    bool setFlag(Id id, bool isOn);
    bool setCredentials(Id id, const QByteArray &value);
    void setValue(Id id, const QByteArray &value);
    void addUrl(const QByteArray &url);
    void addUpload(const QByteArray &path);
    void addData(Id id, const QByteArray &value);
    std::optional<QByteArray> dataOctets(Id id, const QByteArray &value);
    QByteArray urlEncoded(const QByteArray &value);
    void setTimeCondition(const QByteArray &value);
    void setMaxTime(const QByteArray &value);
    void addHeader(QList<QByteArray> &headers, const QByteArray &value);
    void refuse(const QString &why);

    Files &m_files;
    QList<QByteArray> m_left;
    QList<Operation> m_operations;
    Operation m_operation;
    QList<QByteArray> m_meaningless;
    QString m_refusal;
};

} // namespace headrace::formats::curl
