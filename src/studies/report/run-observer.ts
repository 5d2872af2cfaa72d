/** Listens to a run for its report: its timeline, and its worst jobs. */
import { listenTo, listenToEnds, type Observer, together } from "../../core/events.ts";
import { endNsOf } from "../../core/job-outcome.ts";
import type { JobRecord } from "../../core/records.ts";
import { byMiss } from "../../explain/chosen-job.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { createRunTimelineLog, type RunTimelineOptions } from "../../records/run-timeline-log.ts";
import type { RunSetup } from "../../run/run-setup.ts";

export interface RunWatch {
  readonly observer: Observer;
  /** Dispatches, segments and ends so far. */
  readonly events: number;
  timeline(): RunTimeline;
  /** Of the timeline, the worst first; at most so many. */
  worstJobs(most: number): readonly JobRecord[];
}

/** Jobs that are kept to choose from, however long the run is. */
const MOST_KEPT = 20_000;

export function watchRun({ program }: RunSetup, options: RunTimelineOptions): RunWatch {
  const { fromNs = 0, toNs = Infinity } = options;
  const log = createRunTimelineLog(program.scenario, program.system, options);
  let jobs: JobRecord[] = [];
  let events = 0;
  const count = (): void => {
    events += 1;
  };
  const counter = listenTo(count, ["jobDispatched", "segmentEnded", "jobCompleted", "jobDropped"]);
  const ends = listenToEnds((job) => {
    if (endNsOf(job) < fromNs || job.releaseNs > toNs) return;
    jobs.push(job);
    if (jobs.length > 2 * MOST_KEPT) jobs = jobs.toSorted(byMiss).slice(0, MOST_KEPT);
  });
  let timeline: RunTimeline | undefined;
  const finish = (): RunTimeline => {
    timeline ??= log.finish();
    return timeline;
  };
  return {
    observer: together([log.observer, ends, counter]),
    get events() {
      return events;
    },
    timeline: finish,
    worstJobs: (most) =>
      jobs
        .filter(({ releaseNs }) => releaseNs <= finish().toNs)
        .sort(byMiss)
        .slice(0, most),
  };
}
