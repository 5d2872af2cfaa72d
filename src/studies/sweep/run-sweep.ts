/** Runs what a sweep's folder lacks. */
import type { PointExecutor, PointOutcome, PointSource } from "../../executors/point.ts";
import { InputWatch } from "./folder/input-watch.ts";
import type { SweepManifest } from "./folder/manifest.ts";
import { type FailedPoint, isFailed, recordOf } from "./folder/point-line.ts";
import type { PointsFile } from "./folder/points-file.ts";
import { pointsIn } from "./plan/shard.ts";
import type { SweepPlan } from "./plan/sweep-plan.ts";
import { SeedRounds } from "./seed-rounds.ts";

export interface SweepEvents {
  /** `finished`: how many points have come to an end, those of earlier calls included; `total`: that are known to be wanted. */
  pointEnded(finished: number, total: number): void;
  pointFailed(point: FailedPoint): void;
}

/** What there is to do, and how much of it was done before. */
export interface SweepWork extends PointSource {
  /** As far as it is known; a precision may want more. */
  readonly total: number;
  /** When the work was made. */
  readonly done: number;
  /** How many points are to be run at most. */
  readonly mostLeft: number;
  /** The point's outcome is in the file. */
  ended(index: number): void;
  /** Whether there are more points to run, now that all of them have ended. */
  goesOn(): boolean;
}

/** Points of the shard that have no result yet; one that failed gets another try. */
export function missingPoints(
  plan: SweepPlan,
  { shard, precision }: Pick<SweepManifest, "shard" | "precision">,
  points: PointsFile,
): SweepWork {
  const own = pointsIn(plan, shard ?? undefined);
  if (precision !== undefined) return new SeedRounds(plan, precision, own, points);
  return {
    count: plan.count,
    caseSize: plan.caseSize,
    total: own.count,
    done: points.done,
    mostLeft: own.count - points.done,
    request: (index) => (own.has(index) && !points.isDone(index) ? plan.request(index) : undefined),
    ended: () => undefined,
    goesOn: () => false,
  };
}

/** Each outcome is in the file before the next is looked at. Rejects with the signal's reason, or what stopped it. */
export async function runSweep(
  plan: SweepPlan,
  work: SweepWork,
  points: PointsFile,
  executor: PointExecutor,
  events: SweepEvents,
  signal: AbortSignal,
): Promise<void> {
  const inputs = new InputWatch(plan.inputs);
  let finished = work.done;
  const ended = (outcome: PointOutcome): void => {
    const record = recordOf(inputs.checked(outcome), plan.coordinates(outcome.index));
    points.append(record);
    work.ended(record.index);
    finished += 1;
    events.pointEnded(finished, work.total);
    if (isFailed(record)) events.pointFailed(record);
  };
  do await executor.run(work, ended, signal);
  while (work.goesOn());
}
