/** How an operator becomes layers. */
import type { Step } from "../graph/step.ts";
import type { LayerDraft } from "./layer-draft.ts";

/** `unknown-shape`: a size depends on the data, so nothing can be written. An empty list: no work, as with no elements. */
export type Drafts = readonly LayerDraft[] | "unknown-shape";

export type LayerRule = (step: Step) => Drafts;
