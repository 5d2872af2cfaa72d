/** Searches small worlds. */

import { listenToEnds, together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { ParameterValues, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { measurementContext } from "../../src/metrics/measurement-context.ts";
import { createTally } from "../../src/metrics/tally.ts";
import { type DecisionModel, defaultModel } from "../../src/optimum/decision-model.ts";
import { objectiveOf } from "../../src/optimum/objective.ts";
import { recordSchedule, replayOf, type Schedule } from "../../src/optimum/schedule.ts";
import { Search } from "../../src/optimum/search.ts";
import { type Pruning, type SearchProblem, searchProblem } from "../../src/optimum/search-problem.ts";
import { watchModel } from "../../src/optimum/within-model.ts";
import { metricNamed } from "../../src/run/metric-named.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

export interface Asked extends Partial<DecisionModel> {
  readonly metric?: string;
  readonly pruning?: Pruning;
}

export function problemOf(world: SmallWorld, { metric = "violations", pruning, ...model }: Asked = {}): SearchProblem {
  const { scenario, system, costTable } = smallScenario(world);
  const given = {
    program: compile(scenario, system, costTable),
    context: measurementContext(scenario, system, costTable),
    seed: world.seed ?? 1,
    objective: objectiveOf(metricNamed(metric)),
    model: { ...defaultModel, ...model },
  };
  return searchProblem(given, pruning);
}

export interface Searched {
  /** The best value of the metric. */
  readonly value: number;
  readonly states: number;
  readonly isProven: boolean;
  /** [start, end, "task#job.layer", accelerator] or [time, "drop", "task#job"], in order. */
  readonly schedule: Schedule;
  readonly problem: SearchProblem;
}

export function searched(world: SmallWorld, asked: Asked = {}, states = 200_000): Searched {
  const problem = problemOf(world, asked);
  const search = new Search(problem);
  search.run(states);
  const { cost, schedule } = search.best;
  const value = problem.objective.valueOf(cost);
  return { value, states: search.states, isProven: search.isDone, schedule: schedule ?? [], problem };
}

export interface Made {
  readonly value: number | undefined;
  readonly jobs: readonly JobRecord[];
  readonly schedule: Schedule;
  /** Whether it is a schedule of the model. */
  readonly isWithin: boolean;
}

/** The run of a policy, judged as the search judges. */
export function made(problem: SearchProblem, scheduler: Scheduler, parameters: ParameterValues = {}): Made {
  const tally = createTally(problem.context);
  const recorded = recordSchedule();
  const watch = watchModel(problem.program, problem.model);
  const jobs: JobRecord[] = [];
  const observer = together([
    { ...listenToEnds(tally.jobEnded), inputsRead: tally.inputsRead },
    recorded.observer,
    watch.observer,
    listenToEnds((job) => jobs.push(job)),
  ]);
  const totals = simulate(problem.program, scheduler, parameters, { seed: problem.seed, meter: "on", observer });
  const value = problem.objective.metric.scenario(tally.finish(totals));
  return { value, jobs, schedule: recorded.schedule, isWithin: watch.isWithin };
}

/** The schedule in words: "time run task#job on accelerator", in order. */
export const told = (world: SmallWorld, schedule: Schedule): readonly string[] =>
  schedule.map((each) => {
    const name = `${world.tasks[each.task]!.id}#${each.job}`;
    return each.do === "run" ? `${each.atNs} run ${name} on ${each.on}` : `${each.atNs} ${each.do} ${name}`;
  });

export const replayed = (problem: SearchProblem, schedule: Schedule): Made => made(problem, replayOf(schedule));
