/** Worker thread of `thread-executor.ts`: runs batches of points and sends each outcome as its point ends. */
import { type MessagePort, workerData } from "node:worker_threads";
import { type BroughtFiles, fileTree } from "../../files/file-tree.ts";
import { Library } from "../../files/library.ts";
import type { CheckedValues } from "../../input/checked-values.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import { PolicyPulse } from "../../run/policy-pulse.ts";
import { type Caller, type FilesInMemory, type LoadPolicy, noCaller } from "../../run/run-files.ts";
import { Workbench } from "../../run/workbench.ts";
import type { Point } from "../point.ts";
import { runPoint } from "../run-point.ts";

export interface WorkerSetting {
  /** Absolute path. */
  readonly cwd: string;
  /** By default, files are at their own paths. */
  readonly brought?: BroughtFiles;
  /** Files in memory by path. None by default. */
  readonly files?: FilesInMemory;
  /** Of the files loaded so far. None by default. */
  readonly checked?: CheckedValues;
  /** `nothing`: each point loads everything anew. By default, what one point loads is kept for the next. */
  readonly keeps?: "nothing";
  /** Memory of the pulse that the policies of this thread are to keep. By default none is kept. */
  readonly pulse?: SharedArrayBuffer;
}

export interface ThreadSession {
  /** Brings lists of points, and takes each outcome. Its end is that of the session. */
  readonly port: MessagePort;
}

// Standard output is for data, so the output of a user's policy goes to standard error.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const { cwd, brought, files, checked, keeps, pulse: memory } = workerData as WorkerSetting;
const pulse = memory && new PolicyPulse(memory);
/** rtmm's own policies end. */
const interruptibly: Interruptibly = (simulation, { schedulerOrigin }) =>
  simulation(schedulerOrigin === "built-in" ? undefined : pulse);
const loadPolicy: LoadPolicy = async (path, load) => {
  pulse?.enterLoading(path);
  try {
    return await load();
  } finally {
    pulse?.leave();
  }
};
const caller: Caller = { ...noCaller, loadPolicy, ...(files !== undefined && { files }) };
const newWorkbench = (): Workbench<Library> =>
  new Workbench(new Library(cwd, fileTree(brought), caller, new Map(checked)));
// A thread runs many batches and keeps its costs between them.
const kept = keeps === "nothing" ? undefined : newWorkbench();

/** Runs one list of points after the other. The next one may come while the thread is at one. */
export default function serve({ port }: ThreadSession): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = Promise.resolve();
    port.on("close", () => resolve());
    port.on("message", (points: readonly Point[]) => {
      last = last.then(() => runBatch(points, port));
      last.catch((error: unknown) => {
        reject(error);
        port.close();
      });
    });
  });
}

async function runBatch(points: readonly Point[], outcomes: MessagePort): Promise<void> {
  for (const point of points) outcomes.postMessage(await runPoint(point, kept ?? newWorkbench(), { interruptibly }));
  // The plan has already reported these warnings. Here they would only accumulate.
  if (kept !== undefined) kept.files.warnings.length = 0;
}
