/** All effects, in the order of their calls. To add one, write its file and name it here. */
import { contention } from "./contention.ts";
import { contextSwitch } from "./context-switch.ts";
import { decisionOverhead } from "./decision-overhead.ts";
import { executionVariation } from "./execution-variation.ts";
import type { MakeEffect } from "./make-effect.ts";
import { operatingPoints } from "./operating-points.ts";
import { weights } from "./weights.ts";
import { workScale } from "./work-scale.ts";

export const effects: readonly MakeEffect[] = [
  workScale,
  decisionOverhead,
  contextSwitch,
  executionVariation,
  operatingPoints,
  weights,
  contention,
];
