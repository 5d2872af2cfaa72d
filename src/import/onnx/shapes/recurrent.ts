/** Shapes of LSTM, GRU and RNN. */
import type { NodeView } from "../node-view.ts";
import { activation, type Dim } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

export interface RecurrentSizes {
  readonly steps: Dim;
  readonly batch: Dim;
  readonly inputs: Dim;
  readonly hidden: Dim;
  readonly directions: number;
}

export function recurrentSizes(node: NodeView): RecurrentSizes {
  const dims = node.dims(0) ?? [];
  const isBatchFirst = node.int("layout", 0) === 1;
  const [steps, batch] = isBatchFirst ? [dims[1], dims[0]] : [dims[0], dims[1]];
  const hidden = node.int("hidden_size", 0) || node.dims(2)?.at(-1);
  const directions = node.text("direction", "forward") === "bidirectional" ? 2 : 1;
  return { steps, batch, inputs: dims[2] ?? node.dims(1)?.[2], hidden, directions };
}

const recurrent: ShapeRule = (node) => {
  const { steps, batch, hidden, directions } = recurrentSizes(node);
  const isBatchFirst = node.int("layout", 0) === 1;
  const all = isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  const last = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
  return [all, last, last].map((dims) => activation(dims, node.type()));
};

export const recurrentRules: ShapeRules = { LSTM: recurrent, GRU: recurrent, RNN: recurrent };
