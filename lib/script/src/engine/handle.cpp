#include "handle.h"

#include <utility>
#include <vector>

namespace headrace::script {

namespace {

using Handles = std::vector<std::unique_ptr<Handle>>;

Handles &collected()
{
    thread_local Handles handles;
    return handles;
}

JSClassRef handleClass()
{
    static const JSClassRef made = [] {
        JSClassDefinition definition = kJSClassDefinitionEmpty;
        definition.className = "Handle";
        definition.attributes = kJSClassAttributeNoAutomaticPrototype;
        definition.finalize = [](JSObjectRef object) {
            collected().emplace_back(static_cast<Handle *>(JSObjectGetPrivate(object)));
        };
        return JSClassCreate(&definition);
    }();
    return made;
}

} // namespace

Handle::~Handle() = default;

JSObjectRef Handle::wrap(JSContextRef context, std::unique_ptr<Handle> handle)
{
    return JSObjectMake(context, handleClass(), handle.release());
}

Handle *Handle::any(JSContextRef context, JSValueRef value)
{
    if (!value || !JSValueIsObject(context, value))
        return nullptr;
    return static_cast<Handle *>(JSObjectGetPrivate(const_cast<JSObjectRef>(value)));
}

void Handle::deleteCollected()
{
    while (!collected().empty()) {
        const Handles handles = std::exchange(collected(), {});
    }
}

} // namespace headrace::script
