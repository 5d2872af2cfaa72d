/** What an operator leaves, from what it reads. */
import type { NodeView } from "../node-view.ts";
import type { Value } from "../value.ts";

/** One value for each output, or fewer. Throws an OperatorFault. */
export type ShapeRule = (node: NodeView) => readonly Value[];

export type ShapeRules = Readonly<Record<string, ShapeRule>>;
