/** Calls the command line in this process and keeps what it writes. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Interruption } from "../../src/cli/interruption.ts";
import { main } from "../../src/cli/main.ts";
import { repository } from "../repository.ts";

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  /** Aborted as by Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Simulations that end before Ctrl-C; left out: all do. */
  readonly runsBeforeInterruption?: number;
}

export async function call(argv: readonly string[], options: CallOptions = {}): Promise<Called> {
  const { cwd = repository, env = {}, terminal = false } = options;
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    isTTY: terminal,
    write(text: string): void {
      written[name] += text;
    },
  });
  let runsLeft = options.runsBeforeInterruption ?? Infinity;
  const interruption = new AbortController();
  const interruptibly = <Result>(work: () => Result): Result => {
    if (runsLeft <= 0) interruption.abort(new Interruption());
    interruption.signal.throwIfAborted();
    runsLeft -= 1;
    return work();
  };
  const untilInterrupted = <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
    work(AbortSignal.any([interruption.signal, ...(options.signal === undefined ? [] : [options.signal])]));
  const code = await main(argv, {
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    ...{ env, cwd, interruptibly, untilInterrupted },
    loadPolicy: (_path, load) => load(),
  });
  return { code, ...written };
}

/** A fresh folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A scenario small enough to schedule by hand: one accelerator, four tasks, measured costs. */
export const small = {
  "a.yaml": "name: a\nlayers: measured\n",
  "b.yaml": "name: b\nlayers: measured\n",
  "small.yaml": `name: small
durationMs: 4
tasks:
  - { id: camera, model: a.yaml, fps: 500 }
  - { id: detect, model: b.yaml, after: camera }
  - { id: audio, model: c.yaml, fps: 250, deadlineMs: 0.4 }
  - { id: touch, model: c.yaml, arrival: { kind: trace, timesMs: [0.1] }, deadlineMs: 0.1 }
`,
  "c.yaml": "name: c\nlayers: measured\n",
  "soc.yaml": `name: soc
costs: table
table: soc.csv
contextSwitch: off
accelerators:
  - { id: npu }
`,
  "soc.csv": "model,accelerator,latencyMs,energyMj\na,npu,1,0.5\nb,npu,1.5,2\nc,npu,0.3,0.1\n",
};

/** A policy in a file of its own that imports another one: the first ready job, on the first idle accelerator. */
export const importing = {
  "mine.js": `import { pick } from "./lib/pick.js";
export default {
  name: "mine", summary: "the job that is picked", source: "this test", parameters: [],
  create: () => ({
    lateDrop: false,
    decide: (view, decisions) => decisions.run(pick([...view.readyJobs]), view.idleAccelerators[0]),
  }),
};
`,
  "lib/pick.js": "export const pick = (list) => list[0];\n",
};
