/** What a policy says of its decisions in a small world, in a form that can be written down by hand. */

import type { DecisionExplained } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { CandidateRecord } from "../../src/core/records.ts";
import type { ParameterValues, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

/** [timeNs, decision and task, rule]. */
export type Said = readonly [number, string, string];

/** [task, or task and accelerator; score, undefined: none; terms], rounded to six digits. */
export type SaidCandidate = readonly [string, number | undefined, Readonly<Record<string, number>>];

export interface Explained {
  readonly said: Said;
  readonly candidates: readonly SaidCandidate[];
}

export function explained(world: SmallWorld, scheduler: Scheduler, given: ParameterValues = {}): readonly Explained[] {
  const all: DecisionExplained[] = [];
  const { scenario, system, costTable } = smallScenario(world);
  const { values } = resolveParameters(scheduler, given);
  simulate(compile(scenario, system, costTable), scheduler, values, {
    seed: world.seed ?? 1,
    observer: { decisionExplained: (each) => all.push(each) },
  });
  const nameOf = (taskIndex: number) => scenario.tasks[taskIndex]!.id;
  return all.map(({ timeNs, decision, taskIndex, reason }) => ({
    said: [timeNs, taskIndex === undefined ? decision : `${decision} ${nameOf(taskIndex)}`, reason.rule],
    candidates: reason.candidates.map((candidate) => saidOf(candidate, nameOf(candidate.taskIndex))),
  }));
}

function saidOf({ acceleratorIndex, score, terms = {} }: CandidateRecord, task: string) {
  const place = acceleratorIndex === undefined ? task : `${task} on a${acceleratorIndex}`;
  const rounded = Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, sixDigits(value)]));
  return [place, score === undefined ? undefined : sixDigits(score), rounded] as const;
}

const sixDigits = (value: number): number => Number(value.toPrecision(6));
