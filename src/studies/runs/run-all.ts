/** Executes several runs one after another, each with its own output files. */
import { type Observer, together } from "../../core/events.ts";
import { InlineExecutor } from "../../executors/inline-executor.ts";
import type { PointOutcome } from "../../executors/point.ts";
import { pointList } from "../../executors/point-list.ts";
import type { Library } from "../../files/library.ts";
import { abandonAll, type RunOutputs } from "../../files/run-outputs.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { SimulatedShare } from "../../run/coarse-progress.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";

export interface RunAllOptions {
  readonly workbench: Workbench<Library>;
  readonly audit: "on" | "off";
  readonly interruptibly: Interruptibly;
  /** One for each request; absent: none. */
  readonly observers?: readonly Observer[] | undefined;
  /** Gets the share of a run that is simulated, as it begins; undefined: nobody does. */
  readonly progressOf?: ((index: number) => SimulatedShare) | undefined;
}

/** The finished runs and the error that stopped the rest. */
export interface FinishedRuns {
  readonly results: readonly RunResult[];
  /** Findings of the audits, each with the name of its scenario. */
  readonly findings: readonly string[];
  /** Paths of files. */
  readonly written: readonly string[];
  /** undefined if all runs finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** `outputs` has one entry per request. Outputs of unfinished runs are abandoned. */
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
    abandonAll(outputs);
    return { results, findings, written, failure: { error } };
  }
  return { results, findings, written, failure: undefined };
}

/** Runs in this thread, where observers see every event. The first failure is thrown unchanged. */
function executorFor(outputs: readonly RunOutputs[], options: RunAllOptions) {
  const { workbench, audit, interruptibly, observers, progressOf } = options;
  return new InlineExecutor(workbench, {
    interruptibly,
    failures: "thrown",
    runOptions(index) {
      const own = [outputs[index]!.observer ?? [], observers?.[index] ?? []].flat();
      return {
        audit,
        ...(own.length > 0 && { observer: together(own) }),
        ...(progressOf !== undefined && { progress: progressOf(index) }),
      };
    },
  });
}
