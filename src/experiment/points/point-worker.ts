/** Worker thread of `thread-executor.ts`: runs batches of points and tells of each as it ends. */
import { type MessagePort, workerData } from "node:worker_threads";
import { Library } from "../files/library.ts";
import { Workbench } from "../run/workbench.ts";
import type { Point } from "./point.ts";
import { runPoint } from "./run-point.ts";

export interface WorkerSetting {
  readonly cwd: string;
}

export interface PointBatch {
  readonly points: readonly Point[];
  /** Told of each outcome. */
  readonly outcomes: MessagePort;
}

// What a user's policy prints is not data.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

// A thread outlives many batches, and costs are worth keeping.
const { cwd } = workerData as WorkerSetting;
const workbench = new Workbench(new Library(cwd));

export default async function runBatch({ points, outcomes }: PointBatch): Promise<void> {
  for (const point of points) outcomes.postMessage(await runPoint(point, workbench));
  outcomes.close();
}
