/** The feasibility of a scenario on a system in sentences, with the changes that it would need. */
import type { FastestPath, Feasibility, TaskLoad } from "../analysis/feasibility/index.ts";
import { closedRootOf, type Scenario } from "../core/scenario.ts";
import { readable, significant } from "../output/number-text.ts";
import { msText } from "./short-figures.ts";

/** `loads`: by task, in nominal times. */
export function feasibilityTexts(scenario: Scenario, found: Feasibility, loads: readonly TaskLoad[]): string[] {
  return [
    verdictText(found, isQueued(scenario)),
    ...scenario.tasks.flatMap((_, i) => taskTexts(scenario, i, found)),
    ...capacityTexts(found, scenario, loads),
    ...phaseTexts(found, isQueued(scenario)),
    ...loopTexts(scenario),
  ];
}

/** `isQueued`: tasks have queues, so that a run may drop what does not fit and keep up with the rest. */
function verdictText(found: Feasibility, isQueued: boolean): string {
  const { violations, leastViolationRate = 0, seed } = found;
  const draws = found.dependsOnSeed ? ` (with the draws of seed ${seed})` : "";
  switch (found.verdict) {
    case "impossible": {
      const share = readable(leastViolationRate, "share");
      const of = violations!.areAll ? `of ${violations!.jobs} jobs (${share} %)` : "jobs";
      return `No scheduler can meet all deadlines: at least ${violations!.violations} ${of} must be dropped or late${draws}.`;
    }
    case "overloaded":
      return isQueued
        ? "No scheduler can run every job for long: on average, more work arrives than the accelerators can do. Waiting jobs pile up, or queues drop them."
        : "No scheduler can keep up for long: on average, more work arrives than the accelerators can do.";
    case "not ruled out":
      return violations === undefined
        ? "The least violation rate is unknown: there are too many jobs to check one by one."
        : `Meeting all deadlines is not ruled out${draws}. Only a run shows whether a scheduler meets them.`;
    default:
      return found.verdict satisfies never;
  }
}

function taskTexts(scenario: Scenario, task: number, { fastestPaths, violations }: Feasibility): string[] {
  const { id } = scenario.tasks[task]!;
  const path = fastestPaths[task]!;
  if (path.isHopeless) return [`${id}: ${hopelessText(path)}`];
  const hopeless = violations?.hopelessByTask[task] ?? 0;
  if (hopeless === 0 || closedRootOf(scenario, task) !== undefined) return [];
  return [`${id}: ${hopeless} of ${violations!.jobsByTask[task]} jobs are late even if nothing else runs.`];
}

function hopelessText({ fastestNs, deadlineNs, excessNs, fittingFps }: FastestPath): string {
  if (fastestNs === Infinity) return "every job violates its deadline: no accelerator can run one of its layers.";
  const late = `every job is late even if nothing else runs. Its fastest path takes ${msText(fastestNs)} ms, and its deadline is ${msText(deadlineNs)} ms.`;
  const rate = fittingFps === undefined ? "" : `at most ${flooredFps(fittingFps)} fps, `;
  return `${late} It needs ${rate}${msText(excessNs!)} ms less work, or a deadline ${msText(excessNs!)} ms later.`;
}

/** Rounded down, so that the path fits at the rate that is printed. */
const flooredFps = (fps: number): string => {
  const step = fps >= 10 ? 10 : 1000;
  return String(Math.floor(fps * step) / step);
};

const isQueued = ({ tasks }: Scenario): boolean => tasks.some(({ queue }) => queue !== undefined);
/** A rate scale leaves the releases of traces and one-shots as they are: it does not multiply their work. */
const hasOnlyRates = ({ tasks }: Scenario): boolean =>
  tasks.every(({ release: { kind } }) => kind !== "trace" && kind !== "one-shot");
const hasLoops = ({ tasks }: Scenario): boolean => tasks.some(({ release }) => release.kind === "closed");

/** What no bound counts. */
function loopTexts({ tasks }: Scenario): string[] {
  const ids = tasks.filter(({ release }) => release.kind === "closed").map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    `Closed loops (${ids.join(", ")}): their jobs come as fast as the system ends those before them, so no bound on the load counts them, and of those on violations only each client's first.`,
  ];
}

function capacityTexts(
  { leastPeakLoad, largestRateFactor }: Feasibility,
  scenario: Scenario,
  loads: readonly TaskLoad[],
): string[] {
  if (largestRateFactor !== undefined) return [capacityText(leastPeakLoad, largestRateFactor, scenario)];
  if (hasLoops(scenario)) return [];
  const hasWork = loads.some((load) => load.loads.some((share) => share !== undefined && share > 0));
  return [
    hasWork
      ? "Capacity: there is no bound on the load, because times vary and may be drawn as short as 0 ns."
      : "There is no work.",
  ];
}

function capacityText(leastPeakLoad: number, largestRateFactor: number, scenario: Scenario): string {
  if (leastPeakLoad === Infinity) return "Capacity: no accelerator can run one of the tasks.";
  const whole = isQueued(scenario) ? " if no job is dropped" : "";
  const [these, full] = hasOnlyRates(scenario) ? ["these rates", "the full rates"] : ["this work", "all of it"];
  const load = `Capacity: however the work is spread, the busiest accelerator is at least ${readable(leastPeakLoad, "share")} % busy on average${whole}.`;
  const factor = significant(Math.floor(largestRateFactor * 1000) / 1000);
  return leastPeakLoad > 1
    ? `${load} The system carries at most ${factor} x ${these}${whole}; for ${full}, its accelerators must be at least ${significant(leastPeakLoad)} x as fast.`
    : `${load} The system carries at most ${factor} x ${these}${whole}.`;
}

function phaseTexts({ phases }: Feasibility, isQueued: boolean): string[] {
  return phases.map(({ name, fromNs, toNs, leastPeakLoad }) => {
    const when = `${name}, ${msText(fromNs)} to ${msText(toNs)} ms`;
    const busy = `the busiest accelerator is at least ${readable(leastPeakLoad, "share")} % busy`;
    return `${when}: ${busy}${leastPeakLoad > 1 ? `, so work piles up${isQueued ? " or is dropped" : ""}` : ""}.`;
  });
}
