/** Names for the indexes in events. */
import type { DecisionExplained } from "../core/events.ts";
import type { Program } from "../core/program.ts";
import type { CandidateRecord } from "../core/records.ts";
import type { JudgedCandidate, Judgement } from "../records/explanation.ts";

export const msOf = (ns: number): number => ns / 1e6;

export const taskId = ({ scenario }: Program, taskIndex: number): string => scenario.tasks[taskIndex]!.id;
export const acceleratorId = ({ system }: Program, index: number): string => system.accelerators[index]!.id;
export const variantName = ({ scenario }: Program, taskIndex: number, variantIndex: number): string =>
  scenario.tasks[taskIndex]!.model.variants[variantIndex]!.name;

/** A decision as a record. */
export function judgementOf(program: Program, { timeNs, decision, reason }: DecisionExplained): Judgement {
  const { rule, best, candidates } = reason;
  return {
    atMs: msOf(timeNs),
    decision,
    rule,
    ...(best !== undefined && { best }),
    candidates: candidates.map((candidate) => judged(program, candidate)),
  };
}

function judged(program: Program, candidate: CandidateRecord): JudgedCandidate {
  const { taskIndex, jobIndex, acceleratorIndex, score, terms } = candidate;
  return {
    task: taskId(program, taskIndex),
    job: jobIndex,
    ...(acceleratorIndex !== undefined && { accelerator: acceleratorId(program, acceleratorIndex) }),
    ...(score !== undefined && { score }),
    ...(terms !== undefined && { terms }),
  };
}
