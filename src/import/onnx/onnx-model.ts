/** An ONNX model as we read it: the graph with the shapes of its weights, not their numbers. */

export interface OnnxModel {
  readonly producer: string;
  /** Version by domain; the domain of ONNX's own operators is "". */
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly valueInfo: readonly ValueInfo[];
}

/** A function of the file itself: an operator made of others. */
export interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  readonly opsets: ReadonlyMap<string, number>;
  readonly defaults: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxNode {
  /** May be empty. */
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  /** An empty name stands for an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  /** Name of the attribute of the enclosing function whose value this one has. */
  readonly reference?: string;
  readonly int?: number;
  readonly float?: number;
  readonly text?: string;
  readonly tensor?: OnnxTensor;
  readonly graph?: OnnxGraph;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly texts: readonly string[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** Element type. */
  readonly type: number;
  readonly isExternal: boolean;
  /** Reads its numbers; undefined if they lie in another file or are of a type without numbers. */
  numbers(): readonly number[] | undefined;
}

/** What a file says about a value. */
export interface ValueInfo {
  readonly name: string;
  readonly kind: "tensor" | "sequence" | "other";
  /** 0: not stated. */
  readonly type: number;
  /** Sizes and symbols; undefined where nothing is stated, as a whole or in a direction. */
  readonly dims: readonly StatedDim[] | undefined;
}

export type StatedDim = number | string | undefined;
