// A reader of ONNX of its own, so that the count does not stand on the importer's: nodes, and shapes of tensors.
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** Fields of a message, as bytes or numbers. */
export function fieldsOf(bytes) {
  const reader = new BinaryReader(bytes);
  const fields = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) fields.push({ number, bytes: reader.bytes() });
    else if (wireType === WireType.Varint) fields.push({ number, value: Number(reader.int64()) });
    else fields.push({ number, raw: reader.skip(wireType, number) });
  }
  return fields;
}

export const textOf = (bytes) => new TextDecoder().decode(bytes);

export const all = (fields, number) => fields.filter((field) => field.number === number);

function intsOf(fields, number) {
  return all(fields, number).flatMap(({ value, bytes }) => {
    if (value !== undefined) return [value];
    const reader = new BinaryReader(bytes);
    const ints = [];
    while (reader.pos < reader.len) ints.push(Number(reader.int64()));
    return ints;
  });
}

const nameOf = (fields, number) => textOf(all(fields, number)[0]?.bytes ?? new Uint8Array());

function tensorOf(bytes) {
  const fields = fieldsOf(bytes);
  return { name: nameOf(fields, 8), dims: intsOf(fields, 1), type: all(fields, 2)[0]?.value ?? 0 };
}

function attributeOf(bytes) {
  const fields = fieldsOf(bytes);
  const [tensor] = all(fields, 5);
  return [
    nameOf(fields, 1),
    {
      int: all(fields, 3)[0]?.value,
      ints: intsOf(fields, 8),
      text: nameOf(fields, 4),
      tensor: tensor && tensorOf(tensor.bytes),
      graph: all(fields, 6)[0]?.bytes,
    },
  ];
}

export function nodeOf(bytes) {
  const fields = fieldsOf(bytes);
  return {
    bytes,
    op: nameOf(fields, 4),
    inputs: all(fields, 1).map((field) => textOf(field.bytes)),
    outputs: all(fields, 2).map((field) => textOf(field.bytes)),
    attributes: Object.fromEntries(all(fields, 5).map((field) => attributeOf(field.bytes))),
  };
}

/** Name, element type and sizes; undefined where they are not all stated. */
export function valueInfoOf(bytes) {
  const fields = fieldsOf(bytes);
  const type = all(fields, 2)[0]?.bytes;
  const tensor = type && all(fieldsOf(type), 1)[0]?.bytes;
  if (tensor === undefined) return { name: nameOf(fields, 1), type: 0, dims: undefined };
  const parts = fieldsOf(tensor);
  const shape = all(parts, 2)[0]?.bytes;
  const sizes = shape && all(fieldsOf(shape), 1).map((dim) => all(fieldsOf(dim.bytes), 1)[0]?.value);
  const dims = sizes?.every((size) => size !== undefined) ? sizes : undefined;
  return { name: nameOf(fields, 1), type: all(parts, 1)[0]?.value ?? 0, dims };
}

/** Of the graph: nodes, inputs, initialisers, and the shapes that the file states. */
export function readNodes(bytes) {
  const fields = all(fieldsOf(bytes), 7).flatMap((graph) => fieldsOf(graph.bytes));
  const tensors = new Map(
    all(fields, 5)
      .map((field) => tensorOf(field.bytes))
      .map((tensor) => [tensor.name, tensor]),
  );
  const infos = [11, 12, 13].flatMap((number) => all(fields, number).map((field) => valueInfoOf(field.bytes)));
  const stated = new Map(infos.filter(({ dims }) => dims !== undefined).map(({ name, dims }) => [name, dims]));
  return {
    nodes: all(fields, 1).map((field) => nodeOf(field.bytes)),
    inputs: all(fields, 11)
      .map((field) => valueInfoOf(field.bytes))
      .filter(({ name }) => !tensors.has(name)),
    tensors,
    stated,
  };
}
