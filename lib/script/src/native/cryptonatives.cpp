#include "native/natives.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

namespace headrace::script {

namespace {

struct FreeContext
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeContext>;

/// A hash that takes octets, plain or keyed (RFC 2104).
class Digest final : public Handle
{
public:
    static constexpr Kind HandleKind { "Digest" };

    explicit Digest(DigestContext context)
        : Handle(HandleKind)
        , m_context(std::move(context))
    {
    }

    EVP_MD_CTX *context() const { return m_context.get(); }

private:
    DigestContext m_context;
};

/// hash(algorithm): a digest; undefined: there is no such algorithm
JSValueRef hash(Call &call)
{
    const EVP_MD *algorithm = EVP_get_digestbyname(call.latin1(0).constData());
    DigestContext context(EVP_MD_CTX_new());
    if (!algorithm || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1)
        return call.undefined();
    return Handle::wrap(call.ref(), std::make_unique<Digest>(std::move(context)));
}

/// hmac(algorithm, key): a digest; undefined: there is no such algorithm
JSValueRef hmac(Call &call)
{
    const EVP_MD *algorithm = EVP_get_digestbyname(call.latin1(0).constData());
    if (!algorithm)
        return call.undefined();
    const QByteArray key = call.octets(1);
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY *)> keyObject(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr,
            reinterpret_cast<const uchar *>(key.constData()), size_t(key.size())),
        EVP_PKEY_free);
    DigestContext context(EVP_MD_CTX_new());
    if (!keyObject
        || EVP_DigestSignInit(context.get(), nullptr, algorithm, nullptr, keyObject.get()) != 1)
        return call.undefined();
    return Handle::wrap(call.ref(), std::make_unique<Digest>(std::move(context)));
}

/// update(digest, octets)
JSValueRef update(Call &call)
{
    const auto *digest = call.handle<Digest>(0);
    const std::span<char> octets = call.memory(1);
    return call.answer(
        digest && EVP_DigestUpdate(digest->context(), octets.data(), octets.size()) == 1);
}

/// finish(digest, isKeyed): Uint8Array. The digest takes nothing after it.
JSValueRef finish(Call &call)
{
    const auto *digest = call.handle<Digest>(0);
    if (!digest)
        return call.undefined();
    QByteArray octets(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    auto *data = reinterpret_cast<uchar *>(octets.data());
    if (call.boolean(1)) {
        size_t length = size_t(octets.size());
        EVP_DigestSignFinal(digest->context(), data, &length);
        octets.truncate(qsizetype(length));
    } else {
        unsigned length = 0;
        EVP_DigestFinal_ex(digest->context(), data, &length);
        octets.truncate(qsizetype(length));
    }
    return octetsValue(call.ref(), octets);
}

/// copy(digest): another one that has taken the same
JSValueRef copy(Call &call)
{
    const auto *digest = call.handle<Digest>(0);
    DigestContext context(EVP_MD_CTX_new());
    if (!digest || EVP_MD_CTX_copy_ex(context.get(), digest->context()) != 1)
        return call.undefined();
    return Handle::wrap(call.ref(), std::make_unique<Digest>(std::move(context)));
}

/// random(octets): fills them; false: there is no good source
JSValueRef random(Call &call)
{
    const std::span<char> octets = call.memory(0);
    return call.answer(
        RAND_bytes(reinterpret_cast<uchar *>(octets.data()), int(octets.size())) == 1);
}

/// equal(octets, octets): of one length, in a time that does not depend on what they are
JSValueRef equal(Call &call)
{
    const std::span<char> left = call.memory(0);
    const std::span<char> right = call.memory(1);
    return call.answer(
        left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

constexpr NativeModule::Function functions[] = {
    { "hash", nativeFunction<hash> },
    { "hmac", nativeFunction<hmac> },
    { "update", nativeFunction<update> },
    { "finish", nativeFunction<finish> },
    { "copy", nativeFunction<copy> },
    { "random", nativeFunction<random> },
    { "equal", nativeFunction<equal> },
};

} // namespace

const NativeModule cryptoNatives { "crypto", functions };

} // namespace headrace::script
