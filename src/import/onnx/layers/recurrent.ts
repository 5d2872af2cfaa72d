/** LSTM, GRU and RNN as layers, one for each direction. */
import type { Step } from "../graph/step.ts";
import { recurrentSizes } from "../shapes/recurrent.ts";
import type { LayerDraft } from "./layer-draft.ts";
import type { Drafts } from "./layer-rule.ts";

const gates: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN: 1 };

export function recurrentDrafts({ node }: Step): Drafts {
  const { steps, batch, inputs, hidden, directions } = recurrentSizes(node);
  if (steps === undefined || batch === undefined || inputs === undefined || hidden === undefined)
    return "unknown-shape";
  const count = steps * batch;
  const weights = gates[node.op]! * hidden * (inputs + hidden);
  const remark = batch > 1 ? { remark: `${batch} sequences of ${steps} steps, one after the other` } : {};
  const draft = (suffix: string): LayerDraft => ({
    ...(node.op === "RNN" ? plainRecurrence(inputs, hidden, count) : gated(node.op, inputs, hidden, count)),
    operands: [node.input(0)],
    macs: weights * count,
    weights,
    ...remark,
    ...(suffix !== "" && { suffix }),
  });
  return directions === 1 ? [draft("")] : [draft(".forward"), { ...draft(".reverse"), isBeside: true }];
}

const gated = (op: string, inputs: number, hidden: number, count: number) =>
  ({
    type: op.toLowerCase(),
    fields: { hidden },
    reads: [inputs, count, 1],
    leaves: [hidden, count, 1],
  }) as const;

/** rtmm has no layer for one gate: all its steps are one product over inputs and hidden state. */
const plainRecurrence = (inputs: number, hidden: number, count: number) =>
  ({
    type: "gemm",
    fields: { out: hidden },
    reads: [inputs + hidden, count, 1],
    leaves: [hidden, count, 1],
    remark: "an RNN: its steps as one product",
  }) as const;
