/** A hash of everything that determines a plan's results. */
import { createHash } from "node:crypto";
import type { InputFile } from "../../../records/run-result.ts";
import { rtmmVersion } from "../../../records/version.ts";
import type { NameOfTarget } from "../read/distinct-entries.ts";
import type { Experiment } from "../read/load-experiment.ts";
import type { Grid, PointList } from "../read/selections.ts";
import type { Entry, Variant } from "../read/variants.ts";

/**
 * SHA-256 of points, times, the content of all inputs and rtmm's version, as hexadecimal digits. `nameOf` gives a file
 * the same name in every folder and on every machine.
 */
export function planHash({ durationMs, warmupMs, what, precision, inputs }: Experiment, nameOf: NameOfTarget): string {
  const inputName = ({ from, path }: InputFile): string => (from === "built-in" ? `rtmm/${path}` : nameOf(path));
  const content = {
    rtmmVersion,
    durationMs,
    warmupMs,
    precision,
    what: what.kind === "grid" ? portableGrid(what, nameOf) : portableList(what, nameOf),
    inputs: inputs.map((input) => [input.role, inputName(input), input.sha256]).sort(byText),
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

function portableGrid({ scenarios, systems, schedulers, rateScales, seeds }: Grid, nameOf: NameOfTarget): unknown {
  const portable = ({ label, target, axes }: Entry) => [label, nameOf(target), axes];
  return {
    scenarios: scenarios.map(portable),
    systems: systems.map(portable),
    schedulers: schedulers.map(portable),
    rateScales,
    seeds,
  };
}

function portableList({ points, seeds }: PointList, nameOf: NameOfTarget): unknown {
  const portable = ({ label, target, values }: Variant) => [label, nameOf(target), values];
  const rows = points.map(({ scenario, system, scheduler, rateScale }) => {
    return [portable(scenario), portable(system), portable(scheduler), rateScale];
  });
  return { points: rows, seeds };
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join("\n") < b.join("\n") ? -1 : 1);
