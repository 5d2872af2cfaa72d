/** Tallies in bounded memory whether many runs meet their requirements. */
import { readable, unitText } from "../../output/number-text.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import { holds, type Measured, measuredValue, type Requirement } from "./requirement.ts";

export interface RequirementVerdict {
  readonly requirement: Requirement;
  /** Whether at least one run is concerned, and every such run meets the requirement. */
  readonly isMet: boolean;
  /** Number of runs that the requirement applies to. */
  readonly runs: number;
  /** Number of those runs that do not meet it. */
  readonly failed: number;
  /** undefined if the requirement applies to no run. */
  readonly worst: WorstValue | undefined;
}

export interface WorstValue {
  /** null: there was nothing to measure, or the costs do not know what it takes. */
  readonly value: number | null;
  /** What the costs do not know; undefined if there is a value, or was nothing to measure. */
  readonly unknown?: string;
  /** Label of the run. Ties go to the label that sorts first by code points, so the order of runs has no effect. */
  readonly where: string;
}

export class RequirementTally {
  readonly #verdicts: RequirementVerdict[];

  constructor(requirements: readonly Requirement[]) {
    this.#verdicts = requirements.map((requirement) => {
      return { requirement, isMet: false, runs: 0, failed: 0, worst: undefined };
    });
  }

  /** `label` identifies the run, such as `vr-gaming on hda-2-ws-os-4k, edf, seed 1`. */
  add(run: Measured, label: string): void {
    for (const [index, verdict] of this.#verdicts.entries()) {
      const value = measuredValue(verdict.requirement, run);
      if (value !== undefined) this.#verdicts[index] = withValue(verdict, value, label, unknownTo(verdict, run));
    }
  }

  /** One verdict per requirement, in the order of the requirements. */
  verdicts(): readonly RequirementVerdict[] {
    return [...this.#verdicts];
  }
}

const unknownTo = ({ requirement }: RequirementVerdict, { unknownEnergy = [] }: Measured): string | undefined =>
  requirement.metric.needs === "energy" ? unknownEnergyText(unknownEnergy) : undefined;

/** `unknown`: what the costs do not know of the metric. */
function withValue(
  before: RequirementVerdict,
  value: number | null,
  where: string,
  unknown: string | undefined,
): RequirementVerdict {
  const { requirement, runs, worst } = before;
  const failed = before.failed + (value !== null && holds(value, requirement) ? 0 : 1);
  const found: WorstValue = { value, where, ...(value === null && unknown !== undefined && { unknown }) };
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
    worst.value === null ? absenceText(worst) : `${runs === 1 ? "" : "worst "}${valueText(worst.value, requirement)}`;
  const verdict = `${text}: ${isMet ? "met" : "not met"}`;
  if (runs === 1) return `${verdict}, ${value} (${worst.where})`;
  return `${verdict} in ${isMet ? "all" : `${failed} of`} ${runs} runs, ${value} (${worst.where})`;
}

const absenceText = ({ unknown }: WorstValue): string =>
  unknown === undefined ? "nothing to measure" : `it is absent, because ${unknown}`;

/** Four significant digits, or all digits if rounding would contradict the verdict. */
function valueText(value: number, { metric: { unit }, ...requirement }: Requirement): string {
  const scale = unit === "share" ? 100 : 1;
  const short = readable(value, unit);
  const isTrue = holds(Number(short) / scale, requirement) === holds(value, requirement);
  return `${isTrue ? short : value * scale} ${unitText(unit)}`.trimEnd();
}
