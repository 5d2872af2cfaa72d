/** A layer of rtmm before it has its place in a model. */
import type { Value } from "../value.ts";
import type { Shape } from "./shape.ts";

export type LayerFields = Readonly<Record<string, unknown>>;

export interface LayerDraft {
  readonly type: string;
  /** Added to the name of the operator: an operator may become several layers. */
  readonly suffix?: string;
  readonly fields: LayerFields;
  /** What the layer has to read; undefined if its fields say all of it. */
  readonly reads: Shape | undefined;
  /** As rtmm computes it from what it reads. */
  readonly leaves: Shape;
  /** Values of the graph that it reads, but for weights. None: it reads the draft before it. */
  readonly operands: readonly Value[];
  /** Whether it runs beside the draft before it: what they leave is joined. */
  readonly isBeside?: true;
  readonly macs: number;
  /** Trained weights, in elements. */
  readonly weights: number;
  /** Where it differs from the operator. */
  readonly remark?: string;
}

/** A layer without multiply-accumulates. */
export function memoryDraft(
  type: string,
  operands: readonly Value[],
  reads: Shape,
  leaves: Shape,
  rest: { readonly fields?: LayerFields; readonly remark?: string; readonly suffix?: string } = {},
): LayerDraft {
  return { fields: {}, ...rest, type, reads, leaves, operands, macs: 0, weights: 0 };
}

/** Work on each element, with as many operands of that size as come near the elements that it reads. */
export function elementwiseDraft(
  operands: readonly Value[],
  shape: Shape,
  count = 1,
  rest: { readonly remark?: string; readonly suffix?: string } = {},
): LayerDraft {
  const fields = count === 1 ? {} : { operands: count };
  return memoryDraft("elementwise", operands, shape, shape, { fields, ...rest });
}

/** Many elements become few: a pooling over all that become one. */
export function reductionDraft(
  operands: readonly Value[],
  from: number,
  to: number,
  rest: { readonly remark?: string } = {},
): LayerDraft {
  if (to >= from || to === 0) return elementwiseDraft(operands, [Math.max(1, to), 1, 1], 1, rest);
  return memoryDraft("global-pool", operands, [to, Math.ceil(from / to), 1], [to, 1, 1], rest);
}

export const pairField = (rows: number, columns: number): number | readonly number[] =>
  rows === columns ? rows : [rows, columns];
