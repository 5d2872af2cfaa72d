/** `rtmm watch`: runs again whenever a file that the run read changes. */
import { relative } from "node:path";
import type { Command } from "commander";
import { RequestError } from "../../input/request-error.ts";
import { movementLine, movementTable } from "../../output/results/movement.ts";
import { counted, firstOf } from "../../output/words.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { type EndedRun, startRun } from "../watch/child-run.ts";
import { WatchedFiles } from "../watch/watched-files.ts";
import { declare } from "./run.ts";

interface Options {
  readonly printConfig?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    {
      command: "rtmm watch my.yaml -S soc.yaml -s ./mine.js",
      meaning: "run at every change of these files, until Ctrl-C",
    },
    { command: "rtmm watch my.yaml --timeline", meaning: "any option of rtmm run" },
  ],
  declare: (declaration: Command) => declare(declaration),
  run,
};

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  if (invocation.options.printConfig === true)
    throw new RequestError("--print-config runs nothing; use it with rtmm run");
  return invocation.streams.untilInterrupted((signal) => watchAll(invocation, signal));
}

/** A run that ended, and why it began. */
interface ShownRun extends EndedRun {
  readonly number: number;
  /** Files that changed before it; empty: it is the first. */
  readonly changed: readonly string[];
  /** Of the last run before it that did not fail. */
  readonly before: readonly RunResult[];
}

/** Until the signal is aborted: it rejects with its reason. Ends by itself only if there is no file that may change. */
async function watchAll(invocation: Invocation<Options>, signal: AbortSignal): Promise<ExitCode> {
  let files = new WatchedFiles();
  let changed: readonly string[] = [];
  let before: readonly RunResult[] = [];
  try {
    for (let number = 1; ; number += 1) {
      const known = files.paths;
      files.close();
      files = new WatchedFiles();
      showStart(number, changed, invocation);
      const ended = await runUnlessChanged(files, invocation, signal);
      if (ended !== undefined) {
        // A run that fails may not get to files that it needs.
        if (ended.results.length === 0) files.addUnread(known);
        if (files.paths.length === 0) return endWithout(ended, invocation);
        showEnd({ ...ended, number, changed, before }, files, invocation);
        if (ended.results.length > 0) before = ended.results;
      } else files.addUnread(known);
      changed = await files.changed(signal);
    }
  } finally {
    files.close();
  }
}

/** As `rtmm run` would have ended. */
function endWithout({ code, stderr }: EndedRun, { note }: Invocation): ExitCode {
  if (stderr !== "") note(stderr);
  return (code ?? exitCode.failed) as ExitCode;
}

/** undefined: files changed before the run ended, so it was stopped. */
async function runUnlessChanged(
  files: WatchedFiles,
  { argv, streams }: Invocation<Options>,
  signal: AbortSignal,
): Promise<EndedRun | undefined> {
  const words = argv.map((word, index) => (index === argv.indexOf("watch") ? "run" : word));
  const output = streams.stdout.isTTY === true ? "shown" : "kept";
  const child = startRun({ argv: words, cwd: streams.cwd, output, files });
  const over = new AbortController();
  const change = files.changed(AbortSignal.any([signal, over.signal])).then(
    () => undefined,
    () => undefined,
  );
  try {
    const ended = await Promise.race([child.ended, change]);
    if (ended === undefined) await child.stop(signal.aborted ? "interrupted" : "changed");
    signal.throwIfAborted();
    return ended;
  } finally {
    over.abort();
  }
}

/** What was scrolled out of sight stays there. */
const CLEAR = "\u001b[2J\u001b[H";

/** On a terminal, each run has the screen for itself. */
function showStart(number: number, changed: readonly string[], invocation: Invocation<Options>): void {
  const { stdout, env } = invocation.streams;
  if (stdout.isTTY !== true) return;
  if (number > 1 && env.TERM !== "dumb") stdout.write(CLEAR);
  if (changed.length > 0)
    invocation.print(`run ${number}, ${new Date().toLocaleTimeString("en-GB")}: ${changedText(changed, invocation)}`);
}

function showEnd(run: ShownRun, files: WatchedFiles, invocation: Invocation<Options>): void {
  if (invocation.streams.stdout.isTTY !== true) {
    showLines(run, invocation);
    return;
  }
  if (run.before.length > 0 && run.results.length > 0)
    for (const text of movements(run, invocation)) invocation.print(text);
  const what = files.present > 0 ? `watching ${counted(files.present, "file")}` : "waiting for its files to appear";
  invocation.note(`${what}; Ctrl-C ends`);
}

/** For each scenario, what moved. */
const movements = ({ before, results }: ShownRun, { textOptions }: Invocation): readonly string[] =>
  results.flatMap((now, index) => {
    const then = earlier(before, results, index);
    if (then === undefined) return [];
    const title = results.length === 1 ? "against the run before" : `${now.scenario} against the run before`;
    const table = movementTable(then, now, textOptions);
    const same = then.resultHash === now.resultHash ? "the same result" : "no headline metric moved";
    return [table === undefined ? `\n${title}: ${same}` : `\n${title}:\n${table}`];
  });

/** The result of the same scenario in the run before. Two scenarios may have one name. */
function earlier(before: readonly RunResult[], results: readonly RunResult[], index: number): RunResult | undefined {
  const { scenario } = results[index]!;
  return before[index]?.scenario === scenario ? before[index] : before.find((each) => each.scenario === scenario);
}

/** Off a terminal: a line for each result, or one that says that there is none. */
function showLines(run: ShownRun, invocation: Invocation<Options>): void {
  const { number, changed, results, before, code, stderr } = run;
  const why = changed.length === 0 ? "" : ` (${changedText(changed, invocation)})`;
  if (results.length === 0) {
    if (stderr !== "") invocation.note(stderr);
    invocation.print(`run ${number}${why}: failed with exit code ${code ?? "of a signal"}`);
    return;
  }
  const unmet = code === exitCode.ok ? "" : `, exit code ${code}`;
  for (const [index, result] of results.entries())
    invocation.print(
      `run ${number}${why}: ${result.scenario}: ${movementLine(earlier(before, results, index), result)}${unmet}`,
    );
}

const MOST_FILES = 3;

function changedText(changed: readonly string[], { streams }: Invocation): string {
  const shown = changed.map((path) => relative(streams.cwd, path));
  return `${firstOf(shown, MOST_FILES)} changed`;
}
