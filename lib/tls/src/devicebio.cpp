#include "devicebio_p.h"

#include <QIODevice>

#include <openssl/bio.h>

namespace headrace::tls {

namespace {

int readDevice(BIO *bio, char *data, int size)
{
    BIO_clear_retry_flags(bio);
    auto *device = static_cast<QIODevice *>(BIO_get_data(bio));
    const qint64 count = device->isReadable() ? device->read(data, size) : -1;
    if (count > 0)
        return int(count);
    BIO_set_retry_read(bio);
    return -1;
}

int writeDevice(BIO *bio, const char *data, int size)
{
    BIO_clear_retry_flags(bio);
    auto *device = static_cast<QIODevice *>(BIO_get_data(bio));
    return device->isWritable() ? int(device->write(data, size)) : -1;
}

long controlDevice(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0; // done when the record is complete, by who wrote it
}

using Method = std::unique_ptr<BIO_METHOD, Freed<BIO_meth_free>>;

Method makeMethod()
{
    Method method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "device"));
    const bool isMade = method && BIO_meth_set_read(method.get(), readDevice) == 1
        && BIO_meth_set_write(method.get(), writeDevice) == 1
        && BIO_meth_set_ctrl(method.get(), controlDevice) == 1;
    return isMade ? std::move(method) : Method();
}

} // namespace

BioPointer makeDeviceBio(QIODevice *device)
{
    static const Method method = makeMethod();
    BioPointer bio(method ? BIO_new(method.get()) : nullptr);
    if (bio) {
        BIO_set_data(bio.get(), device);
        BIO_set_init(bio.get(), 1);
    }
    return bio;
}

} // namespace headrace::tls
