#include "native/variantvalue.h"

#include "engine/value.h"

#include <QVariantList>
#include <QVariantMap>

namespace headrace::script {

namespace {

constexpr int maxDepth = 64;

JSValueRef mapValue(JSContextRef context, const QVariantMap &map)
{
    const JSObjectRef object = JSObjectMake(context, nullptr, nullptr);
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        setProperty(context, object, it.key().toUtf8().constData(), variantValue(context, *it));
    return object;
}

JSValueRef listValue(JSContextRef context, const QVariantList &list)
{
    ValueList items(context);
    for (const QVariant &item : list)
        items.push_back(variantValue(context, item));
    return arrayValue(context, items);
}

std::optional<QVariant> convert(JSContextRef context, JSValueRef value, int depth);

std::optional<QVariant> toList(JSContextRef context, JSValueRef array, int depth)
{
    const double length
        = JSValueToNumber(context, propertyOf(context, array, Name("length")), nullptr);
    QVariantList list;
    for (unsigned i = 0; i < length; ++i) {
        const JSValueRef item
            = JSObjectGetPropertyAtIndex(context, const_cast<JSObjectRef>(array), i, nullptr);
        const auto converted = item ? convert(context, item, depth + 1) : std::optional(QVariant());
        if (!converted)
            return std::nullopt;
        list.append(*converted);
    }
    return list;
}

std::optional<QVariant> toMap(JSContextRef context, JSValueRef object, int depth)
{
    const JSPropertyNameArrayRef names
        = JSObjectCopyPropertyNames(context, const_cast<JSObjectRef>(object));
    QVariantMap map;
    bool isFine = true;
    for (size_t i = 0; isFine && i < JSPropertyNameArrayGetCount(names); ++i) {
        const JSStringRef name = JSPropertyNameArrayGetNameAtIndex(names, i);
        const auto converted = convert(context, propertyOf(context, object, name), depth + 1);
        isFine = converted.has_value();
        if (isFine)
            map.insert(toText(context, JSValueMakeString(context, name)), *converted);
    }
    JSPropertyNameArrayRelease(names);
    return isFine ? std::optional<QVariant>(map) : std::nullopt;
}

std::optional<QVariant> convert(JSContextRef context, JSValueRef value, int depth)
{
    if (depth > maxDepth)
        return std::nullopt;
    switch (JSValueGetType(context, value)) {
    case kJSTypeBoolean:
        return JSValueToBoolean(context, value);
    case kJSTypeNumber:
        return JSValueToNumber(context, value, nullptr);
    case kJSTypeString:
        return toText(context, value);
    case kJSTypeObject:
        break;
    default: // undefined, null, symbol
        return QVariant();
    }
    if (memoryOf(context, value).data())
        return toOctets(context, value);
    if (JSObjectIsFunction(context, const_cast<JSObjectRef>(value)))
        return QVariant();
    return JSValueIsArray(context, value) ? toList(context, value, depth)
                                          : toMap(context, value, depth);
}

} // namespace

JSValueRef variantValue(JSContextRef context, const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return JSValueMakeUndefined(context);
    case QMetaType::Nullptr:
        return JSValueMakeNull(context);
    case QMetaType::Bool:
        return JSValueMakeBoolean(context, value.toBool());
    case QMetaType::QByteArray:
        return octetsValue(context, value.toByteArray());
    case QMetaType::QVariantList:
    case QMetaType::QStringList:
        return listValue(context, value.toList());
    case QMetaType::QVariantMap:
        return mapValue(context, value.toMap());
    case QMetaType::QString:
        return textValue(context, value.toString());
    default:
        return JSValueMakeNumber(context, value.toDouble());
    }
}

std::optional<QVariant> toVariant(JSContextRef context, JSValueRef value)
{
    return convert(context, value, 0);
}

} // namespace headrace::script
