/** What a layer type of the model format has to say: the layers it stands for and the shape it leaves. */

import type { Layer } from "../../core/layer.ts";
import type { ProblemCode } from "../../input/problem.ts";
import type { LayerFields } from "../model-file.ts";
import type { Shape } from "../shape.ts";

export interface LayerContext {
  /** Full name, such as `stage1[0].expand`. */
  readonly name: string;
  readonly batch: number;
  /** What is read, sources concatenated. */
  readonly input: Shape;
  /** What is read, source by source. */
  readonly operands: readonly Shape[];
  /** Reports a problem with a field of the layer. */
  fail(field: string, code: ProblemCode, message: string): void;
}

export interface Expansion {
  readonly layers: readonly Layer[];
  readonly output: Shape;
  /** The layers are steps of a sequence of varying length: probability of i + 1 steps. */
  readonly stepProbabilities?: readonly number[];
}

export interface LayerType {
  /** Whether it is written by its sizes, so that it reads nothing of the shape before it. */
  isSized?(fields: LayerFields): boolean;
  /** Whether it says itself how its sources go together; else their channels are concatenated. */
  readonly joinsSources?: true;
  /** Undefined after `context.fail`. */
  expand(fields: LayerFields, context: LayerContext): Expansion | undefined;
}
