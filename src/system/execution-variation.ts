/** How the times of an accelerator's layers vary from job to job: docs/semantics.md#times-that-vary. */
import type { Spread } from "../core/spread.ts";
import type { AcceleratorFile, ExecutionVariationFile, SystemFile } from "./system-file.ts";

/** The accelerator's own, or the system's; undefined: its times do not vary. */
export function executionVariationOf(system: SystemFile, accelerator: AcceleratorFile): Spread | undefined {
  const given = accelerator.executionVariation ?? system.executionVariation;
  return given === undefined ? undefined : spreadFrom(given);
}

/** A variation of 0 is none. */
function spreadFrom(given: ExecutionVariationFile): Spread | undefined {
  const per = given.kind !== "none" && given.per === "job" ? { per: given.per } : {};
  switch (given.kind) {
    case "none":
      return undefined;
    case "uniform":
      return given.plusMinus === 0 ? undefined : { kind: "uniform", plusMinus: given.plusMinus, ...per };
    case "lognormal":
      return given.cv === 0 ? undefined : { kind: "lognormal", cv: given.cv, ...per };
    default:
      return given satisfies never;
  }
}
