/** A layer type of the model format: the layers that it expands to, and the shape of their output. */

import type { Layer } from "../../core/layer.ts";
import type { ProblemCode } from "../../input/problem.ts";
import type { LayerFields } from "../model-file.ts";
import type { Shape } from "../shape.ts";

export interface LayerContext {
  /** Full name, such as `stage1[0].expand`. */
  readonly name: string;
  readonly batch: number;
  /** The shape that is read, with sources concatenated. */
  readonly input: Shape;
  /** The shapes that are read, by source. */
  readonly operands: readonly Shape[];
  /** Reports a problem with a field of the layer. */
  fail(field: string, code: ProblemCode, message: string): void;
}

export interface Expansion {
  readonly layers: readonly Layer[];
  readonly output: Shape;
  /** Present if the layers are steps of a sequence of variable length: probability of i + 1 steps. */
  readonly stepProbabilities?: readonly number[];
}

export interface LayerType {
  /** Whether the layer is given by its sizes, so that the shape before it has no effect. */
  isSized?(fields: LayerFields): boolean;
  /** What the layer reads by its own fields, if they say all of it; it then needs no input, but may not contradict one. */
  ownInput?(fields: LayerFields): Shape | undefined;
  /** Whether it combines its sources itself; else their channels are concatenated. */
  readonly joinsSources?: true;
  /** Undefined after `context.fail`. */
  expand(fields: LayerFields, context: LayerContext): Expansion | undefined;
}
