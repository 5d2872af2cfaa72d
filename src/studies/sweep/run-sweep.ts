/** Runs the missing points of a sweep's folder. */
import type { PointExecutor, PointOutcome } from "../../executors/point.ts";
import { InputWatch } from "./folder/input-watch.ts";
import type { SweepManifest } from "./folder/manifest.ts";
import { type FailedPoint, isFailed, recordOf } from "./folder/point-line.ts";
import type { PointsFile } from "./folder/points-file.ts";
import { pointsIn } from "./plan/shard.ts";
import type { SweepPlan } from "./plan/sweep-plan.ts";
import { SeedRounds } from "./seed-rounds.ts";
import type { SweepWork } from "./sweep-work.ts";

export interface SweepEvents {
  /** `finished`: number of points that have ended, including earlier calls. `total`: number of points wanted so far. */
  pointEnded(finished: number, total: number): void;
  pointFailed(point: FailedPoint): void;
}

/** The points of the shard that have no result yet. Failed points run again. */
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

/** Writes each outcome before it handles the next. Rejects with the signal's reason or the error that stopped it. */
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
