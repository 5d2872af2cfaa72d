/** Several runs, one after the other. */
import { listenToEnds } from "../../core/events.ts";
import type { RunResult } from "../../core/result.ts";
import { runOnce } from "./run-once.ts";
import type { RunOutputs } from "./run-outputs.ts";
import type { RunSetup } from "./run-setup.ts";

/** Called with the work of a run, and calls it. */
export type Around = <Result>(work: () => Result) => Result;

export interface RunAllOptions {
  readonly audit: "on" | "off";
  readonly around: Around;
}

/** What was finished, and what stopped the rest. */
export interface RanAll {
  readonly results: readonly RunResult[];
  /** Of audits, each naming its scenario. */
  readonly findings: readonly string[];
  /** Paths of files. */
  readonly written: readonly string[];
  /** undefined: all were finished. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** `outputs` belong to `setups`, one by one; those of runs that did not finish are abandoned. */
export function runAll(setups: readonly RunSetup[], outputs: readonly RunOutputs[], options: RunAllOptions): RanAll {
  const results: RunResult[] = [];
  const findings: string[] = [];
  const written: string[] = [];
  try {
    for (const [index, setup] of setups.entries()) {
      const run = runTo(outputs[index]!, setup, options);
      results.push(run.result);
      findings.push(...run.findings.map((finding) => `${run.result.scenario}: ${finding}`));
      written.push(...outputs[index]!.finish(run.result));
    }
  } catch (error) {
    for (const output of outputs) output.abandon();
    return { results, findings, written, failure: { error } };
  }
  return { results, findings, written, failure: undefined };
}

function runTo({ jobEnded }: RunOutputs, setup: RunSetup, { audit, around }: RunAllOptions) {
  const observer = jobEnded === undefined ? {} : { observer: listenToEnds(jobEnded) };
  return around(() => runOnce(setup, { audit, ...observer }));
}
