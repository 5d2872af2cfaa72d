/** All operators whose shapes we know, by name; those of ONNX Runtime's domains have names of their own. */
import { attentionRules } from "./attention.ts";
import { elementWiseRules } from "./element-wise.ts";
import { productRules } from "./products.ts";
import { recurrentRules } from "./recurrent.ts";
import { reductionRules } from "./reductions.ts";
import { reshapingRules } from "./reshaping.ts";
import { selectionRules } from "./selection.ts";
import { sequenceRules } from "./sequences.ts";
import type { ShapeRule } from "./shape-rule.ts";
import { sourceRules } from "./sources.ts";
import { windowRules } from "./windows.ts";

export const shapeRules: ReadonlyMap<string, ShapeRule> = new Map(
  Object.entries({
    ...attentionRules,
    ...elementWiseRules,
    ...productRules,
    ...recurrentRules,
    ...reductionRules,
    ...reshapingRules,
    ...selectionRules,
    ...sequenceRules,
    ...sourceRules,
    ...windowRules,
  }),
);
