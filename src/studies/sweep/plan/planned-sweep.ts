/** The output of `rtmm sweep --dry-run`: the points that a sweep would run. */
import type { PlannedPoint, PlannedSweep } from "../../../records/planned-sweep.ts";
import { pointsIn, type Shard, shardText } from "./shard.ts";
import type { SweepPlan } from "./sweep-plan.ts";

/** Covers the shard, or the whole sweep without one. Lists at most `mostPoints` points. */
export function plannedSweep(plan: SweepPlan, shard: Shard | undefined, mostPoints: number): PlannedSweep {
  const own = pointsIn(plan, shard);
  const { seedsPerGroup, precision } = plan;
  const firstSeeds = precision?.firstSeeds ?? seedsPerGroup;
  const points = (own.count / seedsPerGroup) * firstSeeds;
  const first: PlannedPoint[] = [];
  for (let index = 0; index < plan.count && first.length < mostPoints; index += 1)
    if (own.has(index) && index % seedsPerGroup < firstSeeds)
      first.push({ index, coordinates: plan.coordinates(index) });
  return {
    name: plan.name,
    title: plan.title ?? null,
    planHash: plan.hash,
    shard: shard === undefined ? null : shardText(shard),
    points,
    ...(precision !== undefined && { pointsAtMost: own.count }),
    coordinateNames: plan.coordinateNames,
    first,
    morePoints: points - first.length,
  };
}
