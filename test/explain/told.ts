/** The story of a job in a small world. */
import { listenToEnds, together } from "../../src/core/events.ts";
import { compile, type Program } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { ParameterValues, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { JobIndexes } from "../../src/explain/chosen-job.ts";
import { type Detail, type Story, StoryCollector } from "../../src/explain/story.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

export interface Told {
  readonly program: Program;
  readonly story: Story | undefined;
  readonly jobs: readonly JobRecord[];
}

export function told(
  world: SmallWorld,
  scheduler: Scheduler,
  job: JobIndexes,
  given: ParameterValues = {},
  detail: Detail = "grouped",
): Told {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const collector = new StoryCollector(program, job, detail);
  const jobs: JobRecord[] = [];
  simulate(program, scheduler, resolveParameters(scheduler, given).values, {
    seed: world.seed ?? 1,
    observer: together([collector.observer, listenToEnds((each) => jobs.push(each))]),
  });
  return { program, story: collector.finish(), jobs };
}
