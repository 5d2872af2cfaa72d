/** Starts a run in a process of its own, and listens to it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { packageFolder } from "../../files/package-folder.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { WatchMessage } from "./messages.ts";
import type { WatchedFiles } from "./watched-files.ts";

export interface EndedRun {
  /** undefined: a signal ended the process. */
  readonly code: number | undefined;
  /** Empty: it failed. */
  readonly results: readonly RunResult[];
  /** What it wrote to stderr; empty if that went to the terminal. */
  readonly stderr: string;
}

export interface ChildRun {
  readonly ended: Promise<EndedRun>;
  /** Ends the run, which removes its unfinished output files. Ctrl-C in a terminal has reached it by itself. */
  stop(why: "changed" | "interrupted"): Promise<void>;
}

export interface ChildOptions {
  /** Words after `rtmm`. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** `shown`: output goes where ours goes. `kept`: stdout is dropped, and stderr is returned. */
  readonly output: "shown" | "kept";
  /** Gets the files that the run reads. */
  readonly files: WatchedFiles;
}

const script = join(packageFolder, "dist/program/watched-run.cjs");

export function startRun({ argv, cwd, output, files }: ChildOptions): ChildRun {
  const [stdout, stderr] = output === "shown" ? (["inherit", "inherit"] as const) : (["ignore", "pipe"] as const);
  const child = fork(script, [...argv], { cwd, stdio: ["ignore", stdout, stderr, "ipc"] });
  const heard = { results: [] as readonly RunResult[], stderr: "" };
  child.on("message", (message) => {
    const told = message as WatchMessage;
    if (told.kind === "file") files.add(told.path, told.state);
    else heard.results = told.results;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    heard.stderr += text;
  });
  const ended = once(child, "close").then(([code]: readonly (number | null)[]) => ({
    code: code ?? undefined,
    ...heard,
  }));
  return { ended, stop: (why) => stopped(child, ended, why) };
}

/** A second signal would end the process before it has cleaned up. */
const GRACE_MS = 500;

async function stopped(child: ChildProcess, ended: Promise<unknown>, why: "changed" | "interrupted"): Promise<void> {
  if (why === "interrupted") await Promise.race([ended, delay(GRACE_MS, undefined, { ref: false })]);
  child.kill("SIGINT");
  await ended;
}
