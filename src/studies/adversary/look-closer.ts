/** What happens in the smallest case: both schedulers with the same draws, and the story of a job that A loses. */
import { listenToEnds, together } from "../../core/events.ts";
import { jobOutcome, latenessNs, violates } from "../../core/job-outcome.ts";
import type { JobRecord } from "../../core/records.ts";
import { explain, type JobChoice } from "../../explain/explain.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { LossFacts, SideFacts } from "../../records/adversary.ts";
import type { Explanation } from "../../records/explanation.ts";
import { prepare } from "../../run/prepare.ts";
import type { MakeRun } from "../../run/run-once.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type BoundSide, boundFacts, isBound } from "./bound-side.ts";
import type { SideRequest } from "./evaluate.ts";
import { FactsCollector } from "./facts.ts";

export interface CloserSetting {
  /** Paths of the written files. */
  readonly scenario: string;
  readonly system: string;
  readonly a: SideRequest;
  readonly b: SideRequest | BoundSide;
  /** The one that shows the loss most. */
  readonly seed: number;
}

export interface CloserLook {
  readonly facts: LossFacts;
  /** undefined: no job has a deadline. */
  readonly story: Explanation | undefined;
}

export interface CloserOptions {
  readonly workbench: Workbench<Library>;
  readonly makeRun: MakeRun;
}

export async function lookCloser(setting: CloserSetting, options: CloserOptions): Promise<CloserLook> {
  const { seed, b: other } = setting;
  const requestA = requestFor(setting, setting.a);
  const a = await watched(requestA, setting.a.label, options);
  if (isBound(other)) {
    const side = { ...other, workbench: options.workbench };
    const story = await storyOf(requestA, { kind: "worst" }, options);
    return { facts: { seed, a: a.facts, b: boundFacts(side, requestA, seed, a.facts) }, story };
  }
  const b = await watched(requestFor(setting, other), other.label, options);
  const story = await storyOf(requestA, lostJob(a.jobs, b.jobs, a.taskIds), options);
  return { facts: { seed, a: a.facts, b: b.facts }, story };
}

/** A run of the written files. */
export const requestFor = (
  { scenario, system, seed }: Pick<CloserSetting, "scenario" | "system" | "seed">,
  { scheduler, parameters }: SideRequest,
): RunRequest => ({ scenario, system, scheduler, parameters, seed, durationMs: undefined, warmupMs: 0 });

interface Watched {
  readonly facts: SideFacts;
  readonly jobs: readonly JobRecord[];
  readonly taskIds: readonly string[];
}

async function watched(request: RunRequest, label: string, { workbench, makeRun }: CloserOptions): Promise<Watched> {
  const setup = await prepare(request, workbench);
  const collector = new FactsCollector(setup.program);
  const jobs: JobRecord[] = [];
  makeRun(setup, { observer: together([collector.observer, listenToEnds((job) => jobs.push(job))]) });
  return { facts: collector.finish(label), jobs, taskIds: setup.program.scenario.tasks.map(({ id }) => id) };
}

/** The job that A misses by most and B does not; else the worst of A. */
function lostJob(a: readonly JobRecord[], b: readonly JobRecord[], taskIds: readonly string[]): JobChoice {
  const met = new Set(b.filter((job) => jobOutcome(job) === "met").map(nameOf));
  const lost = a.filter((job) => violates(job) && met.has(nameOf(job)));
  const worst = lost.reduce<JobRecord | undefined>(
    (found, job) => (found === undefined || latenessNs(job) > latenessNs(found) ? job : found),
    undefined,
  );
  if (worst === undefined) return { kind: "worst" };
  return { kind: "named", task: taskIds[worst.taskIndex]!, job: worst.jobIndex };
}

const nameOf = ({ taskIndex, jobIndex }: JobRecord): string => `${taskIndex}:${jobIndex}`;

async function storyOf(
  request: RunRequest,
  choice: JobChoice,
  options: CloserOptions,
): Promise<Explanation | undefined> {
  try {
    const settings = { request, choice, detail: "grouped", rescues: "searched" } as const;
    return (await explain(settings, options)).explanation;
  } catch (error) {
    if (error instanceof RequestError && choice.kind === "worst") return undefined;
    throw error;
  }
}
