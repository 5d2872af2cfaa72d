/** Decodes the messages of onnx.proto to the records that the importer works with. */
import type {
  OnnxAttribute,
  OnnxFunction,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  StatedDim,
  ValueInfo,
} from "../onnx-model.ts";
import type { ByteSource } from "./byte-source.ts";
import { decodeSparseTensor, decodeTensor } from "./decode-tensor.ts";
import * as number from "./onnx-fields.ts";
import { type Extent, WireError, WireReader } from "./wire-reader.ts";

/** Graphs inside graphs: deeper ones are a mistake or an attack on the stack. */
const DEEPEST = 32;

/** Throws a WireError if the bytes are no ONNX model. */
export function decodeModel(source: ByteSource): OnnxModel {
  const decoder = new Decoder(new WireReader(source));
  return decoder.model();
}

class Decoder {
  readonly #wire: WireReader;
  #depth = 0;

  constructor(wire: WireReader) {
    this.#wire = wire;
  }

  /** A graph may come in parts, which protobuf merges. */
  model(): OnnxModel {
    const wire = this.#wire;
    const graphs: Extent[] = [];
    const functions: OnnxFunction[] = [];
    const opsets = new Map<string, number>();
    let [producer, version] = ["", ""];
    for (const field of wire.fields(wire.whole)) {
      if (field.number === number.model.graph) graphs.push(wire.message(field));
      else if (field.number === number.model.producer) producer = wire.text(field);
      else if (field.number === number.model.producerVersion) version = wire.text(field);
      else if (field.number === number.model.opset) this.#opset(wire.message(field), opsets);
      else if (field.number === number.model.functions) functions.push(this.#function(wire.message(field)));
    }
    if (graphs.length === 0) throw new WireError(wire.whole.end, "it has no graph");
    return { producer: `${producer} ${version}`.trim(), opsets, graph: this.#graph(graphs), functions };
  }

  #opset(message: Extent, opsets: Map<string, number>): void {
    let [domain, version] = ["", 0];
    for (const field of this.#wire.fields(message)) {
      if (field.number === number.opset.domain) domain = this.#wire.text(field);
      else if (field.number === number.opset.version) version = this.#wire.int(field);
    }
    opsets.set(plainDomain(domain), version);
  }

  #graph(parts: readonly Extent[]): OnnxGraph {
    const wire = this.#wire;
    const graph = {
      name: "",
      nodes: [] as OnnxNode[],
      initializers: [] as OnnxTensor[],
      inputs: [] as ValueInfo[],
      outputs: [] as ValueInfo[],
      valueInfo: [] as ValueInfo[],
    };
    this.#enter(parts[0]!);
    for (const field of parts.flatMap((part) => [...wire.fields(part)])) {
      if (field.number === number.graph.node) graph.nodes.push(this.#node(wire.message(field)));
      else if (field.number === number.graph.name) graph.name = wire.text(field);
      else if (field.number === number.graph.initializer)
        graph.initializers.push(decodeTensor(wire, wire.message(field)));
      else if (field.number === number.graph.sparseInitializer)
        graph.initializers.push(decodeSparseTensor(wire, wire.message(field)));
      else if (field.number === number.graph.input) graph.inputs.push(this.#valueInfo(wire.message(field)));
      else if (field.number === number.graph.output) graph.outputs.push(this.#valueInfo(wire.message(field)));
      else if (field.number === number.graph.valueInfo) graph.valueInfo.push(this.#valueInfo(wire.message(field)));
    }
    this.#depth -= 1;
    return graph;
  }

  #function(message: Extent): OnnxFunction {
    const wire = this.#wire;
    const opsets = new Map<string, number>();
    const defaults = new Map<string, OnnxAttribute>();
    const [inputs, outputs, nodes]: [string[], string[], OnnxNode[]] = [[], [], []];
    let [name, domain] = ["", ""];
    for (const field of wire.fields(message)) {
      if (field.number === number.func.name) name = wire.text(field);
      else if (field.number === number.func.domain) domain = wire.text(field);
      else if (field.number === number.func.input) inputs.push(wire.text(field));
      else if (field.number === number.func.output) outputs.push(wire.text(field));
      else if (field.number === number.func.node) nodes.push(this.#node(wire.message(field)));
      else if (field.number === number.func.opset) this.#opset(wire.message(field), opsets);
      else if (field.number === number.func.attributeDefaults) this.#attribute(wire.message(field), defaults);
    }
    return { name, domain: plainDomain(domain), inputs, outputs, nodes, opsets, defaults };
  }

  #node(message: Extent): OnnxNode {
    const wire = this.#wire;
    const attributes = new Map<string, OnnxAttribute>();
    const [inputs, outputs]: [string[], string[]] = [[], []];
    let [name, op, domain] = ["", "", ""];
    for (const field of wire.fields(message)) {
      if (field.number === number.node.input) inputs.push(wire.text(field));
      else if (field.number === number.node.output) outputs.push(wire.text(field));
      else if (field.number === number.node.name) name = wire.text(field);
      else if (field.number === number.node.op) op = wire.text(field);
      else if (field.number === number.node.domain) domain = wire.text(field);
      else if (field.number === number.node.attribute) this.#attribute(wire.message(field), attributes);
    }
    if (op === "") throw new WireError(message.start, `the node "${name}" has no operator`);
    return { name, op, domain: plainDomain(domain), inputs, outputs, attributes };
  }

  #attribute(message: Extent, attributes: Map<string, OnnxAttribute>): void {
    const wire = this.#wire;
    const attribute: Writable<OnnxAttribute> = { ints: [], floats: [], texts: [] };
    const lists = { ints: [] as number[], floats: [] as number[], texts: [] as string[] };
    let name = "";
    for (const field of wire.fields(message)) {
      if (field.number === number.attribute.name) name = wire.text(field);
      else if (field.number === number.attribute.int) attribute.int = wire.int(field);
      else if (field.number === number.attribute.float) attribute.float = wire.float(field);
      else if (field.number === number.attribute.text) attribute.text = wire.text(field);
      else if (field.number === number.attribute.tensor) attribute.tensor = decodeTensor(wire, wire.message(field));
      else if (field.number === number.attribute.graph) attribute.graph = this.#graph([wire.message(field)]);
      else if (field.number === number.attribute.ints) lists.ints.push(...wire.ints(field));
      else if (field.number === number.attribute.floats) lists.floats.push(...wire.floats(field));
      else if (field.number === number.attribute.texts) lists.texts.push(wire.text(field));
      else if (field.number === number.attribute.reference) attribute.reference = wire.text(field);
    }
    attributes.set(name, { ...attribute, ...lists });
  }

  #valueInfo(message: Extent): ValueInfo {
    let name = "";
    let about: Omit<ValueInfo, "name"> = { kind: "other", type: 0, dims: undefined };
    for (const field of this.#wire.fields(message)) {
      if (field.number === number.valueInfo.name) name = this.#wire.text(field);
      else if (field.number === number.valueInfo.type) about = this.#type(this.#wire.message(field));
    }
    return { name, ...about };
  }

  #type(message: Extent): Omit<ValueInfo, "name"> {
    for (const field of this.#wire.fields(message)) {
      const { tensor, sparse, sequence } = number.type;
      if (field.number === tensor || field.number === sparse) return this.#tensorType(this.#wire.message(field));
      if (field.number === sequence) return { kind: "sequence", type: 0, dims: undefined };
    }
    return { kind: "other", type: 0, dims: undefined };
  }

  #tensorType(message: Extent): Omit<ValueInfo, "name"> {
    let type = 0;
    let dims: StatedDim[] | undefined;
    for (const field of this.#wire.fields(message)) {
      if (field.number === number.tensorType.element) type = this.#wire.int(field);
      else if (field.number === number.tensorType.shape) dims = this.#dims(this.#wire.message(field));
    }
    return { kind: "tensor", type, dims };
  }

  #dims(message: Extent): StatedDim[] {
    const dims: StatedDim[] = [];
    for (const field of this.#wire.fields(message)) {
      if (field.number === number.shape.dim) dims.push(this.#dim(this.#wire.message(field)));
    }
    return dims;
  }

  /** A size below 0 means what no size means. */
  #dim(message: Extent): StatedDim {
    let dim: StatedDim;
    for (const field of this.#wire.fields(message)) {
      if (field.number === number.dimension.value) dim = this.#wire.int(field);
      else if (field.number === number.dimension.symbol) dim = this.#wire.text(field);
    }
    return dim === "" || (typeof dim === "number" && dim < 0) ? undefined : dim;
  }

  #enter(message: Extent): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new WireError(message.start, `graphs inside graphs are more than ${DEEPEST} deep`);
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** ONNX's own domain has two names. */
const plainDomain = (domain: string): string => (domain === "ai.onnx" ? "" : domain);
