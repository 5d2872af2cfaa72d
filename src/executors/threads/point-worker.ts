/** Worker thread of `thread-executor.ts`: runs batches of points and tells of each as it ends. */
import { type MessagePort, workerData } from "node:worker_threads";
import { type BroughtFiles, fileTree } from "../../files/file-tree.ts";
import { Library } from "../../files/library.ts";
import { type Caller, type FilesInMemory, noCaller } from "../../run/run-files.ts";
import { Workbench } from "../../run/workbench.ts";
import type { Point } from "../point.ts";
import { runPoint } from "../run-point.ts";

export interface WorkerSetting {
  /** Absolute. */
  readonly cwd: string;
  /** Left out: files are where their paths say. */
  readonly brought?: BroughtFiles;
  /** Files in memory by path. Left out: there are none. */
  readonly files?: FilesInMemory;
  /** What was loaded for one point stays for the next ones. Left out: everything does. */
  readonly keeps?: "nothing";
}

export interface PointBatch {
  readonly points: readonly Point[];
  /** Told of each outcome. */
  readonly outcomes: MessagePort;
}

// What a user's policy prints is not data.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const { cwd, brought, files, keeps } = workerData as WorkerSetting;
const caller: Caller = { ...noCaller, ...(files !== undefined && { files }) };
const newWorkbench = (): Workbench<Library> => new Workbench(new Library(cwd, fileTree(brought), caller));
// A thread outlives many batches, and costs are worth keeping.
const kept = keeps === "nothing" ? undefined : newWorkbench();

export default async function runBatch({ points, outcomes }: PointBatch): Promise<void> {
  try {
    for (const point of points) outcomes.postMessage(await runPoint(point, kept ?? newWorkbench()));
  } finally {
    // A plan tells them once, when it is made; here they would only add up.
    if (kept !== undefined) kept.files.warnings.length = 0;
    outcomes.close();
  }
}
