/** Attention in one operator as layers: its projection, scores, softmax and context. */
import type { Step } from "../graph/step.ts";
import { attentionSizes } from "../shapes/attention.ts";
import type { Dim } from "../value.ts";
import { elementwiseDraft, type LayerDraft } from "./layer-draft.ts";
import type { Drafts } from "./layer-rule.ts";
import { activationDraft, weightedDraft } from "./products.ts";

/** All pairs of queries and keys count, also those that a causal mask hides. */
export function attentionDrafts({ node }: Step): Drafts {
  const { batch, heads, keyHeads, queries, keys, headSize, valueSize, projected } = attentionSizes(node);
  const sizes: readonly Dim[] = [batch, heads, keyHeads, queries, keys, headSize, valueSize];
  if (sizes.some((size) => size === undefined)) return "unknown-shape";
  const operands = node.inputs.slice(0, 3).filter((input) => input !== undefined && !input.isFixed);
  const values = operands.filter((input) => input !== undefined);
  const groups = batch! * keyHeads!;
  const rows = (queries! * heads!) / keyHeads!;
  const projection: LayerDraft[] =
    projected === undefined
      ? []
      : [
          {
            ...weightedDraft(
              { rows: batch! * queries!, inner: projected.from ?? 0, columns: projected.to ?? 0, groups: 1 },
              [node.input(0)],
            ),
            suffix: ".qkv",
          },
        ];
  return [
    ...projection,
    activationDraft(
      { groups, rows, inner: headSize!, columns: keys! },
      projected === undefined ? values : [],
      ".scores",
    ),
    elementwiseDraft([], [keys!, batch! * heads! * queries!, 1], 1, { suffix: ".softmax" }),
    activationDraft({ groups, rows, inner: keys!, columns: valueSize! }, [], ".context"),
  ];
}
