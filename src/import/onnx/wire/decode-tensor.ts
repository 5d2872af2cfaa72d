/** A tensor of the file: its shape now, its numbers when they are asked for. */
import { bitsOf, elementName, halfOf, rawReaderOf } from "../element-type.ts";
import type { OnnxTensor } from "../onnx-model.ts";
import * as number from "./onnx-fields.ts";
import { type Extent, type Field, WireError, type WireReader } from "./wire-reader.ts";

export function decodeTensor(wire: WireReader, message: Extent): OnnxTensor {
  const dims: number[] = [];
  const contents: Field[] = [];
  let name = "";
  let type = 0;
  let isExternal = false;
  for (const field of wire.fields(message)) {
    if (field.number === number.tensor.dims) dims.push(...wire.ints(field));
    else if (field.number === number.tensor.type) type = wire.int(field);
    else if (field.number === number.tensor.name) name = wire.text(field);
    else if (field.number === number.tensor.location) isExternal = wire.int(field) === number.EXTERNAL;
    else if (contentFields.has(field.number)) contents.push(field);
  }
  if (dims.some((size) => size < 0)) throw new WireError(message.start, `the tensor "${name}" has a negative size`);
  // A file without weights, only shapes, is as good: nothing but sizes is needed of most of them.
  const isBare = contents.length === 0 && !dims.includes(0);
  const numbers = () => (isExternal || isBare ? undefined : numbersOf(wire, contents, { name, dims, type }));
  return { name, dims, type, isExternal, numbers };
}

/** The numbers of a sparse tensor lie apart; we use its shape. */
export function decodeSparseTensor(wire: WireReader, message: Extent): OnnxTensor {
  const dims: number[] = [];
  let values: OnnxTensor | undefined;
  for (const field of wire.fields(message)) {
    if (field.number === number.sparse.values) values = decodeTensor(wire, wire.message(field));
    else if (field.number === number.sparse.dims) dims.push(...wire.ints(field));
  }
  return { name: values?.name ?? "", dims, type: values?.type ?? 0, isExternal: false, numbers: () => undefined };
}

const { floats, int32s, int64s, raw, doubles, uint64s } = number.tensor;
const contentFields: ReadonlySet<number> = new Set([floats, int32s, int64s, raw, doubles, uint64s]);

interface TensorHead {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
}

function numbersOf(wire: WireReader, contents: readonly Field[], head: TensorHead): readonly number[] | undefined {
  const count = head.dims.reduce((product, size) => product * size, 1);
  const rawField = contents.find((field) => field.number === raw);
  const values = rawField === undefined ? listed(wire, contents, head.type) : rawNumbers(wire, rawField, head, count);
  if (values === undefined || values.length === count) return values;
  const at = contents[0]?.start ?? 0;
  throw new WireError(at, `the tensor "${head.name}" has ${values.length} numbers, but its shape has ${count}`);
}

function listed(wire: WireReader, contents: readonly Field[], type: number): number[] | undefined {
  if (elementName(type) === "string") return undefined;
  const values: number[] = [];
  for (const field of contents) {
    const list =
      field.number === floats
        ? wire.floats(field)
        : field.number === doubles
          ? wire.doubles(field)
          : wire.ints(field).map((bits) => (elementName(type) === "float16" ? halfOf(bits) : bits));
    for (const value of list) values.push(value);
  }
  return values;
}

function rawNumbers(wire: WireReader, field: Field, { name, type }: TensorHead, count: number): number[] | undefined {
  const read = rawReaderOf(type);
  if (read === undefined) return undefined;
  const bytes = wire.bytes(field);
  const width = (bitsOf(type) ?? 8) / 8;
  if (bytes.length !== count * width)
    throw new WireError(
      field.start,
      `the tensor "${name}" has ${bytes.length} bytes, but its shape takes ${count * width}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => read(view, i * width));
}
