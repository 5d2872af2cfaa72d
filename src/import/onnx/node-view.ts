/** An operator as shape rules see it: the values that it reads, and its attributes with their defaults. */
import type { OnnxAttribute, OnnxGraph, OnnxTensor } from "./onnx-model.ts";
import { type Dims, type Numbers, showDims, type Value } from "./value.ts";

/** An operator that contradicts itself or its inputs. */
export class OperatorFault extends Error {
  override readonly name = "OperatorFault";
}

export class NodeView {
  readonly op: string;
  readonly domain: string;
  /** Version of the operator set that the operator is of. */
  readonly version: number;
  /** Undefined where an input is left out. */
  readonly inputs: readonly (Value | undefined)[];
  /** Of each output, whether it is used. */
  readonly outputs: readonly string[];
  readonly #attributes: ReadonlyMap<string, OnnxAttribute>;

  constructor(about: {
    readonly op: string;
    readonly domain: string;
    readonly version: number;
    readonly inputs: readonly (Value | undefined)[];
    readonly outputs: readonly string[];
    readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  }) {
    this.op = about.op;
    this.domain = about.domain;
    this.version = about.version;
    this.inputs = about.inputs;
    this.outputs = about.outputs;
    this.#attributes = about.attributes;
  }

  input(index: number): Value {
    return this.inputs[index] ?? this.fail(`its input ${index + 1} is missing`);
  }

  dims(index: number): Dims | undefined {
    return this.inputs[index]?.dims;
  }

  type(index = 0): number {
    return this.inputs[index]?.type ?? 0;
  }

  numbers(index: number): Numbers | undefined {
    return this.inputs[index]?.numbers();
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  int(name: string, fallback: number): number {
    return this.#attributes.get(name)?.int ?? fallback;
  }

  float(name: string, fallback: number): number {
    return this.#attributes.get(name)?.float ?? fallback;
  }

  text(name: string, fallback: string): string {
    return this.#attributes.get(name)?.text ?? fallback;
  }

  /** Undefined if it is left out. */
  ints(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.ints;
  }

  floats(name: string): readonly number[] | undefined {
    return this.#attributes.get(name)?.floats;
  }

  tensor(name: string): OnnxTensor | undefined {
    return this.#attributes.get(name)?.tensor;
  }

  graph(name: string): OnnxGraph | undefined {
    return this.#attributes.get(name)?.graph;
  }

  /** An axis, counted from the end if it is negative. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (counted >= 0 && counted < rank && Number.isInteger(counted)) return counted;
    return this.fail(`there is no axis ${axis} in ${rank} dimensions`);
  }

  /** The list of an attribute, or since a later operator set of an input. */
  listOf(name: string, index: number): Numbers | undefined {
    return this.ints(name) ?? this.numbers(index);
  }

  fail(message: string): never {
    throw new OperatorFault(message);
  }

  /** The same node as another operator, which it is part of. */
  named(op: string): NodeView {
    const { domain, version, inputs, outputs } = this;
    return new NodeView({ op, domain, version, inputs, outputs, attributes: this.#attributes });
  }

  /** For messages. */
  get shapes(): string {
    return this.inputs.map((input) => showDims(input?.dims)).join(", ");
  }
}
