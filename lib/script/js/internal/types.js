'use strict';
// util.types: what a value is, whatever its prototype says. Each check asks a method that works on that kind only.
// What cannot be asked on this engine (proxies, native pointers, module namespaces) is answered with no.
// Source: reference "util.types".

/** Whether calling \a method on a value works. */
function accepts(method, ...args) {
  return (value) => {
    if (value === null || typeof value !== 'object') {
      return false;
    }
    try {
      method.apply(value, args);
      return true;
    } catch {
      return false;
    }
  };
}

const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const never = () => false;
const tagOf = (value) => Object.prototype.toString.call(value);
const hasTag = (...names) => (value) => value !== null && value !== undefined &&
  names.some((name) => tagOf(value) === `[object ${name}]`);

const typedArrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const isTypedArrayNamed = (name) => (value) => ArrayBuffer.isView(value) && typedArrayTag.call(value) === name;

const isNumberObject = accepts(Number.prototype.valueOf);
const isStringObject = accepts(String.prototype.valueOf);
const isBooleanObject = accepts(Boolean.prototype.valueOf);
const isBigIntObject = accepts(BigInt.prototype.valueOf);
const isSymbolObject = accepts(Symbol.prototype.valueOf);
const isArrayBuffer = accepts(getter(ArrayBuffer.prototype, 'byteLength'));
const isSharedArrayBuffer = typeof SharedArrayBuffer === 'function'
  ? accepts(getter(SharedArrayBuffer.prototype, 'byteLength')) : never;

/** Error.isError() of the engine, or of what stands in its place (internal/stack). */
const isNativeError = (value) => (Error.isError ? Error.isError(value) : value instanceof Error);

// The flags of RegExp.prototype itself can be asked for too, so that is told apart.
const hasSource = accepts(getter(RegExp.prototype, 'source'));

const types = {
  isAnyArrayBuffer: (value) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isArgumentsObject: (value) => tagOf(value) === '[object Arguments]' && !(Symbol.toStringTag in value),
  isArrayBuffer,
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: hasTag('AsyncFunction', 'AsyncGeneratorFunction'),
  isBigInt64Array: isTypedArrayNamed('BigInt64Array'),
  isBigIntObject,
  isBigUint64Array: isTypedArrayNamed('BigUint64Array'),
  isBooleanObject,
  isBoxedPrimitive: (value) => isNumberObject(value) || isStringObject(value) || isBooleanObject(value) ||
    isBigIntObject(value) || isSymbolObject(value),
  isCryptoKey: never,
  isDataView: accepts(getter(DataView.prototype, 'byteLength')),
  isDate: accepts(Date.prototype.getTime),
  isExternal: never,
  isFloat32Array: isTypedArrayNamed('Float32Array'),
  isFloat64Array: isTypedArrayNamed('Float64Array'),
  isGeneratorFunction: hasTag('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: hasTag('Generator', 'AsyncGenerator'),
  isInt16Array: isTypedArrayNamed('Int16Array'),
  isInt32Array: isTypedArrayNamed('Int32Array'),
  isInt8Array: isTypedArrayNamed('Int8Array'),
  isKeyObject: never,
  isMap: accepts(Map.prototype.has, undefined),
  isMapIterator: hasTag('Map Iterator'),
  isModuleNamespaceObject: never,
  isNativeError,
  isNumberObject,
  isPromise: (value) => value instanceof Promise,
  isProxy: never,
  isRegExp: (value) => hasSource(value) && value !== RegExp.prototype,
  isSet: accepts(Set.prototype.has, undefined),
  isSetIterator: hasTag('Set Iterator'),
  isSharedArrayBuffer,
  isStringObject,
  isSymbolObject,
  isTypedArray: (value) => ArrayBuffer.isView(value) && typedArrayTag.call(value) !== undefined,
  isUint16Array: isTypedArrayNamed('Uint16Array'),
  isUint32Array: isTypedArrayNamed('Uint32Array'),
  isUint8Array: isTypedArrayNamed('Uint8Array'),
  isUint8ClampedArray: isTypedArrayNamed('Uint8ClampedArray'),
  isWeakMap: accepts(WeakMap.prototype.has, undefined),
  isWeakSet: accepts(WeakSet.prototype.has, undefined),
};

module.exports = types;
