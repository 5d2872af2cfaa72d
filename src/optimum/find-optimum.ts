/** Finds the best schedule of a case: runs the policies, searches on from the best of them, and repeats the winner. */
import { gapOf } from "../analysis/bounds/index.ts";
import { SchedulerError } from "../core/errors.ts";
import { together } from "../core/events.ts";
import type { Program } from "../core/program.ts";
import { RequestError } from "../input/request-error.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Optimum, RivalScheduler, ScheduledDecision } from "../records/optimum.ts";
import type { RunResult } from "../records/run-result.ts";
import { rtmmVersion } from "../records/version.ts";
import type { MakeRun } from "../run/run-once.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { DecisionModel } from "./decision-model.ts";
import { objectiveOf } from "./objective.ts";
import { type Decision, recordSchedule, replayOf, type Schedule } from "./schedule.ts";
import { Search } from "./search.ts";
import { type SearchProblem, searchProblem } from "./search-problem.ts";
import { watchModel } from "./within-model.ts";

/** A scheduler to compare with the optimum. */
export interface Rival {
  readonly label: string;
  readonly setup: RunSetup;
  /** `default`: nobody asked for it, so it is left out if it cannot run. */
  readonly presence: "asked" | "default";
}

export interface OptimumPlan {
  /** At least one; all of them of one case. */
  readonly rivals: readonly [Rival, ...Rival[]];
  readonly metric: Metric;
  readonly model: DecisionModel;
  /** The search stops once it has visited so many. */
  readonly states: number;
}

export interface SearchOptions {
  readonly makeRun: MakeRun;
  /** Called between two parts of the search. `stop`: it ends with what it has. */
  readonly pause: (states: number) => Promise<"go on" | "stop">;
  /** What no schedule can beat, in the metric of the plan; asked for where the search proves nothing. undefined: not known. */
  readonly provenBound: (setup: RunSetup) => Promise<number | undefined>;
}

export interface FoundOptimum {
  readonly optimum: Optimum;
  /** The run of the best schedule, by a policy that repeats it; undefined: there is none. */
  readonly best: BestRun | undefined;
}

export interface BestRun {
  readonly setup: RunSetup;
  readonly schedule: Schedule;
  readonly result: RunResult;
}

/** Throws RequestError for a case that cannot be searched, SchedulerError for a policy that was asked for and failed. */
export async function findOptimum(plan: OptimumPlan, options: SearchOptions): Promise<FoundOptimum> {
  const [{ setup }] = plan.rivals;
  const { program, context, seed } = setup;
  const objective = objectiveOf(plan.metric);
  const problem = searchProblem({ program, context, seed, objective, model: plan.model });
  const { made, absent } = runRivals(plan, options.makeRun);
  const known = bestWithin(made, problem);
  const search = new Search(problem, known === undefined ? Infinity : objective.cost(known.outcome));
  const isStopped = await runSearch(search, plan.states, options);
  const schedule = search.best.schedule ?? known?.schedule;
  const best = schedule && repeat(setup, schedule, search.best.cost, problem, options.makeRun);
  const ended = search.isDone ? "proven" : isStopped ? "interrupted" : "states";
  const foundBy = search.best.schedule === undefined ? (known?.label ?? null) : null;
  const value = best === undefined ? null : best.result.metrics[plan.metric.name]!;
  const optimum: Optimum = {
    ...about(setup),
    metric: plan.metric.name,
    model: plan.model,
    jobs: problem.ahead.jobs.length,
    value,
    ended,
    ...(ended !== "proven" && distance(value, (await options.provenBound(setup)) ?? null, plan.metric)),
    states: search.states,
    pruning: problem.pruning,
    foundBy,
    metrics: best?.result.metrics ?? null,
    resultHash: best?.result.resultHash ?? null,
    schedule: (schedule ?? []).map((decision) => named(decision, program)),
    schedulers: made.map((each) => rivalRecord(each, best?.result.metrics[plan.metric.name] ?? null, plan.metric)),
    absent,
    inputs: setup.inputs.filter(({ role }) => role !== "scheduler"),
    warnings: setup.warnings,
  };
  return { optimum, best };
}

const distance = (value: number | null, bound: number | null, { unit }: Metric) => ({
  bound,
  gap: gapOf(value, bound, unit),
});

type MadeRival = Rival & {
  readonly result: RunResult;
  readonly outcome: ReturnType<MakeRun>["outcome"];
  readonly schedule: Schedule;
  readonly isInModel: boolean;
};

function runRivals({ rivals, model }: OptimumPlan, makeRun: MakeRun) {
  const made: MadeRival[] = [];
  const absent: { label: string; reason: string }[] = [];
  for (const rival of rivals) {
    try {
      made.push(runRival(rival, model, makeRun));
    } catch (error) {
      if (!(error instanceof SchedulerError) || rival.presence === "asked") throw error;
      absent.push({ label: rival.label, reason: error.message });
    }
  }
  return { made, absent };
}

function runRival(rival: Rival, model: DecisionModel, makeRun: MakeRun): MadeRival {
  const recorded = recordSchedule();
  const watch = watchModel(rival.setup.program, model);
  const { result, outcome } = makeRun(rival.setup, { observer: together([recorded.observer, watch.observer]) });
  return { ...rival, result, outcome, schedule: recorded.schedule, isInModel: watch.isWithin };
}

/** The first of the best ones. Throws RequestError if there is nothing to measure. */
function bestWithin(made: readonly MadeRival[], { objective }: SearchProblem): MadeRival | undefined {
  const { name } = objective.metric;
  if (made.length > 0 && made.every(({ outcome }) => objective.cost(outcome) === Infinity))
    throw new RequestError(
      `no run of this case has a value of ${name}, so no schedule is the best by it (energies that are not known, or no job with a deadline)`,
    );
  const within = made.filter(({ isInModel }) => isInModel);
  const least = Math.min(...within.map(({ outcome }) => objective.cost(outcome)));
  return least === Infinity ? undefined : within.find(({ outcome }) => objective.cost(outcome) === least);
}

/** So many between two pauses: a few hundredths of a second. */
const STATES_AT_ONCE = 200;

/** Returns whether it was stopped before its end. */
async function runSearch(search: Search, states: number, { pause }: SearchOptions): Promise<boolean> {
  while (!search.isDone && search.states < states) {
    search.run(Math.min(states, search.states + STATES_AT_ONCE));
    if ((await pause(search.states)) === "stop") return !search.isDone;
  }
  return false;
}

/** Runs the schedule as any policy runs, audited, and checks that its value is what the search says. */
function repeat(
  setup: RunSetup,
  schedule: Schedule,
  cost: number,
  { objective }: SearchProblem,
  makeRun: MakeRun,
): BestRun {
  const again = replaySetup(setup, schedule);
  const { result, outcome, findings } = makeRun(again, { audit: "on" });
  const repeated = objective.cost(outcome);
  const isSame = Math.abs(repeated - cost) <= 1e-9 * Math.abs(cost);
  if (!isSame || findings.length > 0)
    throw new Error(
      `the schedule that was found cannot be repeated: ${repeated} in place of ${cost}; ${findings.join("; ")}`,
    );
  return { setup: again, schedule, result };
}

/** The same case with a policy that repeats a schedule. */
export const replaySetup = (setup: RunSetup, schedule: Schedule): RunSetup => ({
  ...setup,
  scheduler: replayOf(schedule, "optimum"),
  schedulerOrigin: "built-in",
  schedulerPath: undefined,
  parameters: {},
  inputs: setup.inputs.filter(({ role }) => role !== "scheduler"),
});

function about({ program, context, seed, variation }: RunSetup) {
  const { scenario, system } = program;
  return {
    schemaVersion: 1,
    rtmmVersion,
    scenario: scenario.name,
    system: system.name,
    seed,
    durationMs: scenario.durationNs / 1e6,
    warmupMs: context.warmupNs / 1e6,
    ...(variation !== undefined && { variation }),
  } as const;
}

function named(decision: Decision, { scenario, system }: Program): ScheduledDecision {
  const { id, model } = scenario.tasks[decision.task]!;
  const at = { atMs: decision.atNs / 1e6, task: id, job: decision.job };
  switch (decision.do) {
    case "run": {
      const { on, units, layers } = decision;
      const some = layers === undefined ? {} : { layers };
      return { ...at, do: "run", on: system.accelerators[on]!.id, units, ...some };
    }
    case "choose":
      return { ...at, do: "choose", variant: model.variants[decision.variant]!.name };
    default:
      return { ...at, do: decision.do };
  }
}

function rivalRecord(
  { label, setup, result, isInModel }: MadeRival,
  best: number | null,
  { name }: Metric,
): RivalScheduler {
  const value = result.metrics[name] ?? null;
  const { scheduler, parameters } = setup;
  const ratio = value === null || best === null || best === 0 || value === 0 ? null : value / best;
  return { label, name: scheduler.name, params: parameters, value, ratio, isInModel };
}
