/** Explains one job of a run: finds it, repeats the run to listen to it, and looks for what would have saved it. */
import { type Observer, together } from "../core/events.ts";
import { violates } from "../core/job-outcome.ts";
import { RequestError } from "../input/request-error.ts";
import type { Explanation } from "../records/explanation.ts";
import type { RunResult } from "../records/run-result.ts";
import { prepare } from "../run/prepare.ts";
import type { MakeRun } from "../run/run-once.ts";
import type { RunRequest, RunSetup } from "../run/run-setup.ts";
import type { Workbench } from "../run/workbench.ts";
import { type JobIndexes, jobCount, taskNamed, worstJob } from "./chosen-job.ts";
import { explanationOf } from "./explanation-of.ts";
import { Reruns } from "./reruns.ts";
import { findRescues } from "./rescues.ts";
import { type Detail, type Story, StoryCollector } from "./story.ts";

/** Which job to explain. */
export type JobChoice =
  | { readonly kind: "named"; readonly task: string; readonly job: number }
  /** `task`: only its jobs. */
  | { readonly kind: "worst"; readonly task?: string | undefined };

export interface ExplainSettings {
  readonly request: RunRequest;
  readonly choice: JobChoice;
  readonly detail: Detail;
  /** `searched`: a job that missed its deadline costs about twenty further runs. */
  readonly rescues: "searched" | "left out";
}

export interface ExplainOptions {
  readonly workbench: Workbench;
  readonly makeRun: MakeRun;
}

export interface Explained {
  readonly explanation: Explanation;
  /** Of the run that is explained. */
  readonly result: RunResult;
}

/** Throws RequestError if there is no such job, and what a run throws. */
export async function explain(settings: ExplainSettings, options: ExplainOptions): Promise<Explained> {
  const { request, detail } = settings;
  const setup = await prepare(request, options.workbench);
  const job = chosenJob(setup, settings.choice, options);
  const { story, result } = listenedTo(setup, job, detail, options);
  const isLost = violates(story.record);
  const rescues =
    isLost && settings.rescues === "searched"
      ? await findRescues(new Reruns({ ...options, request, setup, job }), story.record, story.blockers)
      : undefined;
  return { explanation: explanationOf(setup, result, story, rescues), result };
}

function chosenJob(setup: RunSetup, choice: JobChoice, { makeRun }: ExplainOptions): JobIndexes {
  const { program, context } = setup;
  const taskIndex = choice.task === undefined ? undefined : taskNamed(program, choice.task);
  if (choice.kind === "named") return { taskIndex: taskIndex!, jobIndex: choice.job };
  const worst = worstJob(context.warmupNs, taskIndex);
  makeRun(setup, { observer: worst.observer });
  const found = worst.found();
  if (found !== undefined) return found;
  const whose = choice.task === undefined ? program.scenario.name : `task "${choice.task}"`;
  throw new RequestError(`no measured job of ${whose} has a deadline, so none is the worst; name the task and the job`);
}

function listenedTo(setup: RunSetup, job: JobIndexes, detail: Detail, { makeRun }: ExplainOptions) {
  const collector = new StoryCollector(setup.program, job, detail);
  const count = jobCount(setup.program, job);
  const observer: Observer = together([collector.observer, count.observer]);
  const { result } = makeRun(setup, { observer });
  const story: Story | undefined = collector.finish();
  if (story === undefined) throw new RequestError(count.absence());
  return { story, result };
}
