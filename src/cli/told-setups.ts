/** Tells with `--verbose` what was prepared. */

import { modelsOf } from "../core/scenario.ts";
import { sum } from "../core/sum.ts";
import { counted } from "../output/words.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { Verbose } from "./verbose.ts";

export function tellSetups(setups: readonly RunSetup[], verbose: Verbose): void {
  for (const { program, scheduler, parameters, inputs } of setups) {
    const { scenario, system } = program;
    const models = modelsOf(scenario);
    verbose(
      "scenario",
      `${scenario.name}: ${counted(scenario.tasks.length, "task")}, ${counted(models.length, "model")}, ${scenario.durationNs / 1e6} ms, from ${counted(inputs.length, "file")}`,
    );
    const units = system.accelerators.map((accelerator) => accelerator.units);
    const kinds = [...new Set(system.accelerators.map(({ costs }) => costs.kind))];
    verbose(
      "system",
      `${system.name}: ${counted(units.length, "accelerator")} of ${counted(sum(units), "unit")}, costs by ${kinds.join(", ")}`,
    );
    const values = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    verbose("scheduler", `${scheduler.name}${values.length === 0 ? "" : `: ${values.join(", ")}`}`);
  }
}
