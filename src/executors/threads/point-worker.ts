/** Worker thread of `thread-executor.ts`: runs batches of points and tells of each as it ends. */
import { type MessagePort, workerData } from "node:worker_threads";
import { type BroughtFiles, fileTree } from "../../files/file-tree.ts";
import { Library } from "../../files/library.ts";
import { Workbench } from "../../run/workbench.ts";
import type { Point } from "../point.ts";
import { runPoint } from "../run-point.ts";

export interface WorkerSetting {
  /** Absolute. */
  readonly cwd: string;
  /** Left out: files are where their paths say. */
  readonly brought?: BroughtFiles;
}

export interface PointBatch {
  readonly points: readonly Point[];
  /** Told of each outcome. */
  readonly outcomes: MessagePort;
}

// What a user's policy prints is not data.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

// A thread outlives many batches, and costs are worth keeping.
const { cwd, brought } = workerData as WorkerSetting;
const library = new Library(cwd, fileTree(brought));
const workbench = new Workbench(library);

export default async function runBatch({ points, outcomes }: PointBatch): Promise<void> {
  try {
    for (const point of points) outcomes.postMessage(await runPoint(point, workbench));
  } finally {
    // A plan tells them once, when it is made; here they would only add up.
    library.warnings.length = 0;
    outcomes.close();
  }
}
