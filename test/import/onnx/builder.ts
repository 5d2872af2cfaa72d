/** Encodes small ONNX models, a message of onnx.proto at a time. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly tensor: TensorText }
  | { readonly graph: GraphText }
  | { readonly reference: string };

export interface NodeText {
  readonly op: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface TensorText {
  readonly dims: readonly number[];
  /** Of int64, as raw data. */
  readonly ints?: readonly number[];
  /** Element type (1: float32; 7 with ints). */
  readonly type?: number;
  readonly raw?: Uint8Array;
  readonly isExternal?: true;
}

export type DimText = number | string | undefined;

export interface GraphText {
  readonly nodes: readonly NodeText[];
  readonly inputs?: Readonly<Record<string, readonly DimText[]>>;
  readonly outputs?: Readonly<Record<string, readonly DimText[] | undefined>>;
  readonly valueInfo?: Readonly<Record<string, readonly DimText[]>>;
  readonly initializers?: Readonly<Record<string, TensorText | readonly number[]>>;
}

export interface FunctionText {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly NodeText[];
}

export interface ModelText extends GraphText {
  readonly opset?: number;
  readonly functions?: readonly FunctionText[];
}

/** Without further words, initialisers are float32 of a shape, and hold nothing: nobody reads them. */
export function onnxModel({ opset = 17, functions = [], ...graph }: ModelText): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(8);
  text(writer, 2, "test");
  message(writer, 8, () => writer.tag(2, WireType.Varint).int64(opset));
  message(writer, 7, () => writeGraph(writer, graph));
  for (const each of functions) message(writer, 25, () => writeFunction(writer, each));
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: GraphText): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, "graph");
  for (const [name, tensor] of Object.entries(graph.initializers ?? {}))
    message(writer, 5, () =>
      writeTensor(writer, Array.isArray(tensor) ? { dims: tensor } : (tensor as TensorText), name),
    );
  for (const [number, infos] of [
    [11, graph.inputs],
    [12, graph.outputs],
    [13, graph.valueInfo],
  ] as const)
    for (const [name, dims] of Object.entries(infos ?? {}))
      message(writer, number, () => writeInfo(writer, name, dims));
}

function writeNode(writer: BinaryWriter, node: NodeText): void {
  for (const input of node.inputs ?? []) text(writer, 1, input);
  for (const output of node.outputs ?? []) text(writer, 2, output);
  if (node.name !== undefined) text(writer, 3, node.name);
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes ?? {}))
    message(writer, 5, () => writeAttribute(writer, name, attribute));
  if (node.domain !== undefined) text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  text(writer, 1, name);
  if (typeof attribute === "number") writer.tag(3, WireType.Varint).int64(attribute);
  else if (typeof attribute === "string") text(writer, 4, attribute);
  else if ("float" in attribute) writer.tag(2, WireType.Bit32).float(attribute.float);
  else if ("tensor" in attribute) message(writer, 5, () => writeTensor(writer, attribute.tensor, ""));
  else if ("graph" in attribute) message(writer, 6, () => writeGraph(writer, attribute.graph));
  else if ("reference" in attribute) text(writer, 21, attribute.reference);
  else if ("floats" in attribute) for (const each of attribute.floats) writer.tag(7, WireType.Bit32).float(each);
  else for (const each of attribute) writer.tag(8, WireType.Varint).int64(each);
}

function writeTensor(writer: BinaryWriter, { dims, ints, type, raw, isExternal }: TensorText, name: string): void {
  for (const size of dims) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int64(type ?? (ints === undefined ? 1 : 7));
  text(writer, 8, name);
  if (ints !== undefined)
    writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(BigInt64Array.from(ints, BigInt).buffer));
  if (raw !== undefined) writer.tag(9, WireType.LengthDelimited).bytes(raw);
  if (isExternal) writer.tag(14, WireType.Varint).int64(1);
}

function writeInfo(writer: BinaryWriter, name: string, dims: readonly DimText[] | undefined): void {
  text(writer, 1, name);
  if (dims === undefined) return;
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.tag(1, WireType.Varint).int64(1);
      message(writer, 2, () => {
        for (const size of dims) message(writer, 1, () => writeDim(writer, size));
      });
    }),
  );
}

function writeDim(writer: BinaryWriter, size: DimText): void {
  if (typeof size === "number") writer.tag(1, WireType.Varint).int64(size);
  else if (size !== undefined) text(writer, 2, size);
}

function writeFunction(writer: BinaryWriter, { name, domain, inputs, outputs, nodes }: FunctionText): void {
  text(writer, 1, name);
  for (const input of inputs) text(writer, 4, input);
  for (const output of outputs) text(writer, 5, output);
  for (const node of nodes) message(writer, 7, () => writeNode(writer, node));
  text(writer, 10, domain);
}

function text(writer: BinaryWriter, number: number, content: string): void {
  writer.tag(number, WireType.LengthDelimited).string(content);
}

function message(writer: BinaryWriter, number: number, write: () => void): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  write();
  writer.join();
}
