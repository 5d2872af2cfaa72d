/** Makes the report of runs: runs them, listens, and repeats each one for the stories of its jobs. */
import type { JobRecord } from "../../core/records.ts";
import { runCommand } from "../../describe/run-command.ts";
import { explain } from "../../explain/explain.ts";
import { collectStories, storiesWithin } from "../../explain/stories.ts";
import type { Library } from "../../files/library.ts";
import { requestAgain } from "../../files/result-file.ts";
import { IncomparableError } from "../../input/incomparable-error.ts";
import { RequestError } from "../../input/request-error.ts";
import { runVerdict } from "../../output/verdict/run-verdict.ts";
import { runsVerdict } from "../../output/verdict/runs-verdict.ts";
import { packedJson } from "../../page/packed.ts";
import { packTimeline } from "../../page/packed-timeline.ts";
import type { ReportedRun, RunsReport, StoryRecord } from "../../records/report.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { RunTimeline } from "../../records/run-timeline.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import { picturedRun } from "../../run/pictured-run.ts";
import { prepare } from "../../run/prepare.ts";
import { type MakeRun, runOnce } from "../../run/run-once.ts";
import type { RunRequest, RunSetup } from "../../run/run-setup.ts";
import { givenWindow } from "../../run/timeline-window.ts";
import type { Workbench } from "../../run/workbench.ts";
import { boundSentences, type Note } from "./bounds.ts";
import { watchRun } from "./run-observer.ts";

export interface RunsReportOptions {
  readonly workbench: Workbench<Library>;
  readonly interruptibly: Interruptibly;
  /** Repeats the runs. */
  readonly command: string;
  /** Of the timelines; undefined: the whole run. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Of the stories of all runs together, as text. */
  readonly storyBytes: number;
  readonly note: Note;
}

/** A report with what is too large for its record: by id of the element that holds it. */
export interface PageContent<Content> {
  readonly report: Content;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A run to report: one that is to be made, or one that was made and may be repeated. */
export type Subject =
  | { readonly kind: "request"; readonly request: RunRequest }
  | { readonly kind: "result"; readonly result: RunResult };

/** All slices of a page together. */
const MOST_SLICES = 100_000;

export async function reportRuns(
  subjects: readonly Subject[],
  options: RunsReportOptions,
): Promise<PageContent<RunsReport>> {
  const share = { slices: Math.floor(MOST_SLICES / subjects.length), storyBytes: options.storyBytes / subjects.length };
  const runs: ReportedRun[] = [];
  const data: Record<string, unknown> = {};
  for (const [index, subject] of subjects.entries()) {
    const { run, timeline, stories } = await reportedRun(subject, share, options);
    runs.push(run);
    if (timeline !== undefined) data[`timeline-${index}`] = await packTimeline(timeline);
    if (stories !== undefined) data[`stories-${index}`] = stories;
  }
  const title = runs.length === 1 ? runs[0]!.result.scenario : `${runs.length} scenarios`;
  const report: RunsReport = {
    kind: "runs",
    title,
    verdict: runsVerdict(runs),
    command: options.command,
    rtmmVersion,
    runs,
  };
  return { report, data };
}

interface Share {
  readonly slices: number;
  readonly storyBytes: number;
}

interface Made {
  readonly run: ReportedRun;
  readonly timeline?: RunTimeline;
  /** Packed. */
  readonly stories?: string;
}

async function reportedRun(subject: Subject, share: Share, options: RunsReportOptions): Promise<Made> {
  if (subject.kind === "request")
    return madeRun(await prepare(subject.request, options.workbench), subject.request, share, options);
  const again = await repeated(subject.result, options);
  if (typeof again === "string") return { run: resultOnly(subject.result, again) };
  const made = madeRun(again.setup, again.request, share, options);
  const { run } = await made;
  if (run.result.resultHash === subject.result.resultHash) return made;
  const then = subject.result.rtmmVersion;
  const why = `Repeated by rtmm ${rtmmVersion}, the run has another result (it was made by ${then}), so its timeline is left out.`;
  return { run: resultOnly(subject.result, why) };
}

const resultOnly = (result: RunResult, timelineNote: string): ReportedRun => ({
  result,
  verdict: runVerdict(result),
  timelineNote,
  stories: 0,
  explainCommand: runCommand("explain", result),
});

/** Or why it cannot be repeated. */
async function repeated(result: RunResult, { workbench }: RunsReportOptions) {
  try {
    const request = requestAgain(result, workbench.files);
    return { request, setup: await prepare(request, workbench) };
  } catch (error) {
    if (!(error instanceof IncomparableError) && !(error instanceof RequestError)) throw error;
    return `The run cannot be repeated, so its timeline is left out: ${error.message}`;
  }
}

async function madeRun(setup: RunSetup, request: RunRequest, share: Share, options: RunsReportOptions): Promise<Made> {
  const { toMs = Infinity, interruptibly } = options;
  const window = givenWindow(options, setup.program.scenario);
  const watch = watchRun(setup, { ...window, mostSlices: share.slices });
  const { result, details } = interruptibly((pulse) => picturedRun(setup, { observer: watch.observer, pulse }), setup);
  const timeline = watch.timeline();
  const jobs = watch.worstJobs(storiesWithin(watch.events));
  const stories = await withRescues(storiesOf(setup, jobs, options), request, watch.events, options);
  const fitting = await packedWithin(stories, share.storyBytes);
  const verdict = runVerdict(result, details);
  const bound = verdict.tone === "bad" ? await boundSentences(setup, options.workbench, options.note) : [];
  const run: ReportedRun = {
    result,
    ...(details !== undefined && { details }),
    verdict: { ...verdict, more: [...bound, ...verdict.more] },
    ...cutNote(timeline, toMs),
    stories: fitting.count,
    explainCommand: runCommand("explain", result),
  };
  return { run, timeline, ...(fitting.text !== undefined && { stories: fitting.text }) };
}

function cutNote({ isCut, toNs }: RunTimeline, toMs: number): Pick<ReportedRun, "timelineNote"> {
  if (!isCut || toNs >= toMs * 1e6) return {};
  const untilMs = Math.floor(toNs / 1e3) / 1e3;
  return {
    timelineNote: `The timeline ends at ${untilMs} ms, because a page has room for ${MOST_SLICES} intervals of work; --from-ms shows a later part.`,
  };
}

function storiesOf(setup: RunSetup, jobs: readonly JobRecord[], { interruptibly }: RunsReportOptions) {
  if (jobs.length === 0) return [];
  const stories = collectStories(setup, jobs);
  interruptibly((pulse) => runOnce(setup, { observer: stories.observer, pulse }), setup);
  return stories.finish();
}

/** Looking for what saves a job takes about twenty runs. */
const MOST_EVENTS_TO_RESCUE = 100_000;
const MOST_RESCUED = 3;

/** Looks for what would have saved the worst job of each task, of a few. */
async function withRescues(
  stories: readonly StoryRecord[],
  request: RunRequest,
  events: number,
  { workbench, interruptibly }: RunsReportOptions,
): Promise<readonly StoryRecord[]> {
  if (events > MOST_EVENTS_TO_RESCUE) return stories;
  const missed = stories.filter(({ job }) => job.outcome !== "met" && job.deadlineMs !== null);
  const worst = missed.filter(({ job }, at) => missed.findIndex((each) => each.job.task === job.task) === at);
  const rescued = new Map<StoryRecord, StoryRecord>();
  const makeRun: MakeRun = (setup, runOptions) =>
    interruptibly((pulse) => runOnce(setup, { ...runOptions, pulse }), setup);
  for (const story of worst.slice(0, MOST_RESCUED)) {
    const choice = { kind: "named", task: story.job.task, job: story.job.job } as const;
    const settings = { request, choice, detail: "grouped", rescues: "searched" } as const;
    const { rescues } = (await explain(settings, { workbench, makeRun })).explanation;
    rescued.set(story, { ...story, ...(rescues !== undefined && { rescues }) });
  }
  return stories.map((story) => rescued.get(story) ?? story);
}

/** As many of the first ones as fit. */
async function packedWithin(
  stories: readonly StoryRecord[],
  bytes: number,
): Promise<{ readonly count: number; readonly text?: string }> {
  let count = stories.length;
  while (count > 0) {
    const text = await packedJson(stories.slice(0, count));
    if (text.length <= bytes) return { count, text };
    count = Math.min(count - 1, Math.floor((count * bytes) / text.length));
  }
  return { count: 0 };
}
