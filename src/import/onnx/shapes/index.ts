/** All operators whose shapes we know. */
import { attentionRules } from "./attention.ts";
import { elementWiseRules } from "./element-wise.ts";
import { productRules } from "./products.ts";
import { recurrentRules } from "./recurrent.ts";
import { reductionRules } from "./reductions.ts";
import { reshapingRules } from "./reshaping.ts";
import { resizingRules } from "./resizing.ts";
import { selectionRules } from "./selection.ts";
import { sequenceRules } from "./sequences.ts";
import type { ShapeRule } from "./shape-rule.ts";
import { sourceRules } from "./sources.ts";
import { windowRules } from "./windows.ts";

const shapeRules: ReadonlyMap<string, ShapeRule> = new Map(
  Object.entries({
    ...attentionRules,
    ...elementWiseRules,
    ...productRules,
    ...recurrentRules,
    ...reductionRules,
    ...reshapingRules,
    ...resizingRules,
    ...selectionRules,
    ...sequenceRules,
    ...sourceRules,
    ...windowRules,
  }),
);

/** ONNX's own operators and ONNX Runtime's. Others may have the same names, but another layout of their tensors. */
const domains: ReadonlySet<string> = new Set(["", "ai.onnx.ml", "com.microsoft"]);

/** Undefined of an operator that we do not know. */
export const shapeRuleOf = (domain: string, op: string): ShapeRule | undefined =>
  domains.has(domain) ? shapeRules.get(op) : undefined;
