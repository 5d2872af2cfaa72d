/** The stories of many jobs of a run at once. */
import { type Observer, together } from "../core/events.ts";
import type { StoryRecord } from "../records/report.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { JobIndexes } from "./chosen-job.ts";
import { explainedJob } from "./explanation-of.ts";
import { StoryCollector } from "./story.ts";

/** Every collector hears every event. */
const MOST_CALLS = 20_000_000;
const MOST_STORIES = 400;

/** How many stories one run of so many events can collect in a few seconds; 0 for a very long one. */
export const storiesWithin = (events: number): number =>
  Math.min(MOST_STORIES, Math.floor(MOST_CALLS / Math.max(1, events)));

export interface Stories {
  readonly observer: Observer;
  /** In the order of the jobs, without those that the run did not have. */
  finish(): readonly StoryRecord[];
}

export function collectStories(setup: RunSetup, jobs: readonly JobIndexes[]): Stories {
  const collectors = jobs.map((job) => new StoryCollector(setup.program, job));
  return {
    observer: together(collectors.map(({ observer }) => observer)),
    finish: () =>
      collectors.flatMap((collector) => {
        const story = collector.finish();
        if (story === undefined) return [];
        const { steps, blockers, omittedDecisions } = story;
        return {
          job: explainedJob(setup, story),
          steps,
          blockers,
          ...(omittedDecisions !== undefined && { omittedDecisions }),
        };
      }),
  };
}
