/** Runs with a log of their timeline, and what really happened in them. */
import { type Observer, together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord, Segment } from "../../src/core/records.ts";
import type { Scenario } from "../../src/core/scenario.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { System } from "../../src/core/system.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

interface Log<Timeline> {
  readonly observer: Observer;
  finish(): Timeline;
}

export function recorded<Timeline>(
  world: SmallWorld,
  logOf: (scenario: Scenario, system: System) => Log<Timeline>,
  scheduler = edf,
  given = {},
) {
  const { scenario, system, costTable } = smallScenario(world);
  const log = logOf(scenario, system);
  const segments: Segment[] = [];
  const jobs: JobRecord[] = [];
  const keep = (job: JobRecord) => jobs.push(job);
  const own = { segmentEnded: (each: Segment) => segments.push(each), jobCompleted: keep, jobDropped: keep };
  const { values } = resolveParameters(scheduler, given);
  simulate(compile(scenario, system, costTable), scheduler, values, {
    seed: world.seed ?? 1,
    observer: together([log.observer, own]),
  });
  return { timeline: log.finish(), segments, jobs };
}

/** Two layers of 10 ns, then a short job that is late, then one that is dropped. */
export const world: SmallWorld = {
  durationNs: 100,
  tasks: [
    { id: "long", layersNs: [10, 10], atNs: [0, 60] },
    { id: "short", layersNs: [5], atNs: [18, 61, 62], deadlineNs: 6 },
  ],
};
