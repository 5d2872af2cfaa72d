/** Types of tensor elements, numbered as in TensorProto.DataType. */

interface ElementType {
  readonly name: string;
  readonly bits: number;
  /** Of one element in raw data; undefined where rtmm never needs the value. */
  readonly read?: (view: DataView, at: number) => number;
}

const types: Readonly<Record<number, ElementType>> = {
  1: { name: "float32", bits: 32, read: (view, at) => view.getFloat32(at, true) },
  2: { name: "uint8", bits: 8, read: (view, at) => view.getUint8(at) },
  3: { name: "int8", bits: 8, read: (view, at) => view.getInt8(at) },
  4: { name: "uint16", bits: 16, read: (view, at) => view.getUint16(at, true) },
  5: { name: "int16", bits: 16, read: (view, at) => view.getInt16(at, true) },
  6: { name: "int32", bits: 32, read: (view, at) => view.getInt32(at, true) },
  7: { name: "int64", bits: 64, read: (view, at) => Number(view.getBigInt64(at, true)) },
  8: { name: "string", bits: 8 },
  9: { name: "bool", bits: 8, read: (view, at) => view.getUint8(at) },
  10: { name: "float16", bits: 16, read: (view, at) => halfOf(view.getUint16(at, true)) },
  11: { name: "float64", bits: 64, read: (view, at) => view.getFloat64(at, true) },
  12: { name: "uint32", bits: 32, read: (view, at) => view.getUint32(at, true) },
  13: { name: "uint64", bits: 64, read: (view, at) => Number(view.getBigUint64(at, true)) },
  14: { name: "complex64", bits: 64 },
  15: { name: "complex128", bits: 128 },
  16: { name: "bfloat16", bits: 16 },
  17: { name: "float8e4m3fn", bits: 8 },
  18: { name: "float8e4m3fnuz", bits: 8 },
  19: { name: "float8e5m2", bits: 8 },
  20: { name: "float8e5m2fnuz", bits: 8 },
  21: { name: "uint4", bits: 4 },
  22: { name: "int4", bits: 4 },
  23: { name: "float4e2m1", bits: 4 },
  24: { name: "float8e8m0", bits: 8 },
  25: { name: "uint2", bits: 2 },
  26: { name: "int2", bits: 2 },
};

export const FLOAT = 1;
export const UINT8 = 2;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;

const integers = new Set([2, 3, 4, 5, 6, 7, 9, 12, 13, 21, 22, 25, 26]);

export const isInteger = (type: number): boolean => integers.has(type);

/** `float32`, or `type 99` of a type that we do not know. */
export const elementName = (type: number): string => types[type]?.name ?? `type ${type}`;

/** Undefined of an unknown type. */
export const bitsOf = (type: number): number | undefined => types[type]?.bits;

export const rawReaderOf = (type: number): ElementType["read"] => types[type]?.read;

/** IEEE 754 binary16 from its bits. */
export function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
