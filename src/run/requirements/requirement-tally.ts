/** Whether many runs meet what is required, in bounded memory. */
import { readable, unitText } from "../../output/number-text.ts";
import { holds, type Measured, measuredValue, type Requirement } from "./requirement.ts";

export interface RequirementVerdict {
  readonly requirement: Requirement;
  /** In every run that it is about, of which there is at least one. */
  readonly isMet: boolean;
  /** That it is about. */
  readonly runs: number;
  /** Of those, the ones that do not meet it. */
  readonly failed: number;
  /** undefined where it is about no run. */
  readonly worst: WorstValue | undefined;
}

export interface WorstValue {
  /** null: nothing to measure. */
  readonly value: number | null;
  /** Label of the run; of equally bad ones the first by code points, so that the order of runs does not show. */
  readonly where: string;
}

export class RequirementTally {
  readonly #verdicts: RequirementVerdict[];

  constructor(requirements: readonly Requirement[]) {
    this.#verdicts = requirements.map((requirement) => {
      return { requirement, isMet: false, runs: 0, failed: 0, worst: undefined };
    });
  }

  /** `label` says which run it is, such as `vr-gaming on hda-2-ws-os-4k, edf, seed 1`. */
  add(run: Measured, label: string): void {
    for (const [index, verdict] of this.#verdicts.entries()) {
      const value = measuredValue(verdict.requirement, run);
      if (value !== undefined) this.#verdicts[index] = withValue(verdict, value, label);
    }
  }

  /** One a requirement, in their order. */
  verdicts(): readonly RequirementVerdict[] {
    return [...this.#verdicts];
  }
}

function withValue(before: RequirementVerdict, value: number | null, where: string): RequirementVerdict {
  const { requirement, runs, worst } = before;
  const failed = before.failed + (value !== null && holds(value, requirement) ? 0 : 1);
  const found = { value, where };
  const isWorse = worst === undefined || isBefore(found, worst, requirement);
  return { requirement, isMet: failed === 0, runs: runs + 1, failed, worst: isWorse ? found : worst };
}

function isBefore(a: WorstValue, b: WorstValue, requirement: Requirement): boolean {
  const [badnessA, badnessB] = [badness(a.value, requirement), badness(b.value, requirement)];
  return badnessA === badnessB ? a.where < b.where : badnessA > badnessB;
}

/** The larger, the worse. */
function badness(value: number | null, { comparison, limit }: Requirement): number {
  if (value === null) return Number.POSITIVE_INFINITY;
  if (comparison === "==") return Math.abs(value - limit);
  return comparison.startsWith(">") ? -value : value;
}

/** One line, such as `tasks.ht.p99Ms<=22: not met in 2 of 5 runs, worst 23.10 ms (…)`. */
export function verdictText({ requirement, isMet, runs, failed, worst }: RequirementVerdict): string {
  const { text, scope } = requirement;
  if (worst === undefined) {
    return `${text}: not met, ${scope.kind === "run" ? "there is no run" : `no run has ${scope.kind === "tasks" ? "task" : "accelerator"} ${scope.id}`}`;
  }
  const value =
    worst.value === null ? "nothing to measure" : `${runs === 1 ? "" : "worst "}${valueText(worst.value, requirement)}`;
  const verdict = `${text}: ${isMet ? "met" : "not met"}`;
  if (runs === 1) return `${verdict}, ${value} (${worst.where})`;
  return `${verdict} in ${isMet ? "all" : `${failed} of`} ${runs} runs, ${value} (${worst.where})`;
}

/** Four digits, or all of them where four would say something else about the requirement. */
function valueText(value: number, { metric: { unit }, ...requirement }: Requirement): string {
  const scale = unit === "share" ? 100 : 1;
  const short = readable(value, unit);
  const isTrue = holds(Number(short) / scale, requirement) === holds(value, requirement);
  return `${isTrue ? short : value * scale} ${unitText(unit)}`.trimEnd();
}
