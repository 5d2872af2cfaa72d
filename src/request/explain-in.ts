/** The explanation of one job, through any files. */
import { explain, type JobChoice } from "../explain/explain.ts";
import { RequestError } from "../input/request-error.ts";
import type { Explanation } from "../records/explanation.ts";
import { runOnce } from "../run/run-once.ts";
import { checkRequest, checkWhole, checkWord } from "./checks.ts";
import type { Place } from "./place.ts";
import { prepareIn } from "./prepare-in.ts";
import { type SetupRequest, setupKeys } from "./run-request.ts";

/** A run, and which of its jobs to explain. */
export interface ExplainRequest extends SetupRequest {
  /** Id of the job's task; left out: any task, of which the worst job is explained. */
  readonly task?: string;
  /**
   * Index of the job in its task, from 0. Left out: the worst one, which misses its deadline by most, or else has the
   * least slack.
   */
  readonly job?: number;
  /** Whether decisions of the same kind in a row are one step (grouped). */
  readonly detail?: Explanation["detail"];
  /** Whether to look for changes that would have saved a job that misses: about twenty further runs (searched). */
  readonly rescues?: "searched" | "left out";
}

const keys = [...setupKeys, "task", "job", "detail", "rescues"];

export async function explainIn(request: ExplainRequest, place: Place): Promise<Explanation> {
  checkRequest(request, [...keys, ...place.keys]);
  const { detail = "grouped", rescues = "searched" } = request;
  const choice = choiceOf(request);
  checkWord("detail", detail, ["grouped", "every decision"]);
  checkWord("rescues", rescues, ["searched", "left out"]);
  const prepared = await prepareIn(request, place);
  const options = { workbench: prepared.workbench, makeRun: runOnce };
  const { explanation } = await explain({ request: prepared.request, choice, detail, rescues }, options);
  return explanation;
}

function choiceOf({ task, job }: ExplainRequest): JobChoice {
  if (job === undefined) return { kind: "worst", task };
  checkWhole("job", job, 0, Number.MAX_SAFE_INTEGER);
  if (task === undefined) throw new RequestError(`job ${job} of which task? Name it with "task"`);
  return { kind: "named", task, job };
}
