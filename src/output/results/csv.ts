/** Results as CSV: a row for each scenario, then one for each of its tasks, accelerators and phases. */

import { presentMetrics } from "../../metrics/index.ts";
import type { RunResult } from "../../records/run-result.ts";
import { csvText } from "../csv-text.ts";
import { variationCell } from "../variation-text.ts";
import type { ResultFormat } from "./format.ts";

export const csv: ResultFormat = {
  name: "csv",
  render(results) {
    const variedColumns = results.some(({ variation }) => variation !== undefined) ? ["variation"] : [];
    const names = presentMetrics((name) => results.some(({ metrics }) => name in metrics)).map(({ name }) => name);
    const header = [...runColumns, ...variedColumns, ...scopeColumns, ...names];
    return csvText([header, ...results.flatMap((result) => rowsOf(result, variedColumns, names))]);
  },
};

const runColumns = ["scenario", "system", "scheduler", "params", "seed", "durationMs", "warmupMs"];
/**
 * `scope`: scenario, task, accelerator, phase or phase-task. `id`: of the task, accelerator or phase (`phase/task`);
 * empty for the scenario.
 */
const scopeColumns = ["scope", "id", "model"];

function rowsOf(result: RunResult, variedColumns: readonly string[], names: readonly string[]): unknown[][] {
  const { scenario, system, scheduler, seed, durationMs, warmupMs } = result;
  const params = Object.entries(scheduler.params).map(([name, value]) => `${name}=${value}`);
  const varied = variedColumns.map(() => (result.variation === undefined ? "" : variationCell(result.variation)));
  const run = [scenario, system, scheduler.name, params.join(" "), seed, durationMs, warmupMs, ...varied];
  const values = (of: Readonly<Record<string, unknown>>) => names.map((name) => of[name] ?? "");
  return [
    [...run, "scenario", "", "", ...values(result.metrics)],
    ...result.tasks.map((task) => [...run, "task", task.id, task.model, ...values(task)]),
    ...result.accelerators.map((accelerator) => [...run, "accelerator", accelerator.id, "", ...values(accelerator)]),
    ...result.phases.flatMap(({ name, metrics: ofPhase, tasks }) => [
      [...run, "phase", name, "", ...values(ofPhase)],
      ...tasks.map((task) => [...run, "phase-task", `${name}/${task.id}`, "", ...values(task)]),
    ]),
  ];
}
