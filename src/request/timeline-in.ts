/** One run with its timeline, through any files. */
import { listenToEnds, type Observer, together } from "../core/events.ts";
import type { JobRecord } from "../core/records.ts";
import type { Scenario } from "../core/scenario.ts";
import type { RunResult } from "../records/run-result.ts";
import type { Timeline } from "../records/timeline.ts";
import { createTimelineLog, isThere } from "../records/timeline-log.ts";
import { givenWindow } from "../run/timeline-window.ts";
import { checkMs } from "./checks.ts";
import type { Place } from "./place.ts";
import { prepareIn } from "./prepare-in.ts";
import { audited, checkRun } from "./run-in.ts";
import type { RunRequest } from "./run-request.ts";

/** A run, and the part of it that the timeline shows. */
export interface TimelineRequest extends RunRequest {
  /** Start of the timeline, ms (0). */
  readonly fromMs?: number;
  /** Its end, ms (the end of the run). */
  readonly toMs?: number;
}

/** A finished run, and what happened in the window. */
export interface RunWithTimeline {
  /** Of the whole run. */
  readonly result: RunResult;
  readonly timeline: Timeline;
  /** Those that were there at some time in the window, in the order in which they ended. */
  readonly jobs: readonly JobRecord[];
}

export async function timelineIn(request: TimelineRequest, place: Place): Promise<RunWithTimeline> {
  checkRun(request, ["fromMs", "toMs", ...place.keys]);
  const { setup } = await prepareIn(request, place);
  const { scenario, system } = setup.program;
  const window = windowOf(request, scenario);
  const log = createTimelineLog(scenario, system, { kind: "fixed", ...window });
  const jobs: JobRecord[] = [];
  const collector = listenToEnds((job) => {
    if (isThere(job, window)) jobs.push(job);
  });
  const observers: Observer[] = [log.observer, collector, request.observer ?? {}];
  const result = audited(setup, { ...request, observer: together(observers) });
  return { result, timeline: log.finish(), jobs };
}

/** Throws RequestError if it is empty or begins after the last release. */
function windowOf({ fromMs, toMs }: TimelineRequest, scenario: Scenario) {
  if (fromMs !== undefined) checkMs("fromMs", fromMs);
  if (toMs !== undefined) checkMs("toMs", toMs);
  return givenWindow({ fromMs, toMs }, scenario, { from: "fromMs", to: "toMs" });
}
