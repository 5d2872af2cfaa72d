/** Several runs, one after the other, each with files of its own. */

import { listenToEnds } from "../../core/events.ts";
import { InlineExecutor } from "../../executors/inline-executor.ts";
import type { PointOutcome } from "../../executors/point.ts";
import { pointList } from "../../executors/point-list.ts";
import type { Interruptibly } from "../../executors/run-point.ts";
import type { Library } from "../../files/library.ts";
import type { RunOutputs } from "../../files/run-outputs.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";

export interface RunAllOptions {
  readonly workbench: Workbench<Library>;
  readonly audit: "on" | "off";
  readonly interruptibly: Interruptibly;
}

/** What was finished, and what stopped the rest. */
export interface FinishedRuns {
  readonly results: readonly RunResult[];
  /** Of audits, each naming its scenario. */
  readonly findings: readonly string[];
  /** Paths of files. */
  readonly written: readonly string[];
  /** undefined: all were finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** `outputs` belong to `requests`, one by one; those of runs that did not finish are abandoned. */
export async function runAll(
  requests: readonly RunRequest[],
  outputs: readonly RunOutputs[],
  options: RunAllOptions,
): Promise<FinishedRuns> {
  const results: RunResult[] = [];
  const findings: string[] = [];
  const written: string[] = [];
  const ended = (outcome: PointOutcome): void => {
    if (outcome.kind === "failed") return;
    results.push(outcome.result);
    findings.push(...(outcome.findings ?? []).map((finding) => `${outcome.result.scenario}: ${finding}`));
    written.push(...outputs[outcome.index]!.finish(outcome.result));
  };
  try {
    await executorFor(outputs, options).run(pointList(requests), ended);
  } catch (error) {
    for (const output of outputs) output.abandon();
    return { results, findings, written, failure: { error } };
  }
  return { results, findings, written, failure: undefined };
}

/** In this thread, where observers hear of every job; the first failure is thrown as it is. */
function executorFor(outputs: readonly RunOutputs[], { workbench, audit, interruptibly }: RunAllOptions) {
  return new InlineExecutor(workbench, {
    interruptibly,
    failures: "thrown",
    runOptions(index) {
      const { jobEnded } = outputs[index]!;
      return { audit, ...(jobEnded !== undefined && { observer: listenToEnds(jobEnded) }) };
    },
  });
}
