/** The check at the end of every run. */
import { expect, test } from "vitest";
import { listenToEnds } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord, RunTotals } from "../../src/core/records.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createConservation } from "../../src/run/conservation.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { smallScenario } from "../worlds.ts";

const { scenario, system, costTable } = smallScenario({
  tasks: [
    { id: "root", layersNs: [5, 5], atNs: [0, 10, 20] },
    { id: "child", layersNs: [4], release: { kind: "after", taskIndexes: [0], probability: 0.5 } },
  ],
});
const program = compile(scenario, system, costTable);

/** Checks the jobs and totals of a run after `change` had its way with them. */
function checkAfter(
  change: (jobs: JobRecord[], totals: RunTotals) => readonly [readonly JobRecord[], RunTotals],
): void {
  const jobs: JobRecord[] = [];
  const observer = listenToEnds((job) => jobs.push(job));
  const totals = simulate(program, edf, resolveParameters(edf, {}).values, { seed: 3, observer });
  const [changed, changedTotals] = change(jobs, totals);
  const conservation = createConservation(program, 3);
  for (const job of changed) conservation.jobEnded(job);
  conservation.check(changedTotals);
}

test("a sound run passes", () => {
  expect(() => checkAfter((jobs, totals) => [jobs, totals])).not.toThrow();
});

test("a job that never ended is told", () => {
  expect(() => checkAfter((jobs, totals) => [jobs.slice(1), totals])).toThrow(
    "task root released 3 jobs, of which 2 ended",
  );
});

test("a job that ended twice in place of another is told", () => {
  const twice = (jobs: JobRecord[]) => jobs.map((job) => (job.taskIndex === 0 ? { ...job, jobIndex: 1 } : job));
  expect(() => checkAfter((jobs, totals) => [twice(jobs).with(0, { ...jobs[0]!, jobIndex: 2 }), totals])).toThrow(
    "task root: one job ended twice and another never",
  );
});

test("energy that appears or vanishes is told", () => {
  const more = (jobs: JobRecord[]) => jobs.with(0, { ...jobs[0]!, energyPj: jobs[0]!.energyPj + 1 });
  expect(() => checkAfter((jobs, totals) => [more(jobs), totals])).toThrow("energy by task");
});

test("an accelerator that is busier than time allows is told", () => {
  const busier = (totals: RunTotals) => ({
    ...totals,
    accelerators: totals.accelerators.map((each) => ({ ...each, busyNs: totals.endNs + 1 })),
  });
  expect(() => checkAfter((jobs, totals) => [jobs, busier(totals)])).toThrow("accelerator a0 was busy for");
});
