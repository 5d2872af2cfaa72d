/** Runs the same requests again and again, here and in worker threads, and gathers the hashes of their results. */
import { Worker } from "node:worker_threads";
import { Library } from "../../files/library.ts";
import { prepare } from "../../run/prepare.ts";
import { runOnce } from "../../run/run-once.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";
import type { Around } from "../runs/run-all.ts";
import type { VerifyTask } from "./verify-worker.ts";

export interface Verification {
  /** Where it ran; 0: in this thread. */
  readonly workers: number;
  /** Of each run, [run][request]. */
  readonly hashes: readonly (readonly string[])[];
}

/** Result hashes of all requests, each loaded and simulated from scratch. */
async function freshHashes(requests: readonly RunRequest[], cwd: string, around: Around): Promise<string[]> {
  const workbench = new Workbench(new Library(cwd));
  const hashes: string[] = [];
  for (const request of requests) {
    const setup = await prepare(request, workbench);
    hashes.push(around(() => runOnce(setup)).result.resultHash);
  }
  return hashes;
}

export async function verifyHere(
  requests: readonly RunRequest[],
  cwd: string,
  repeat: number,
  around: Around,
): Promise<Verification> {
  const hashes: string[][] = [];
  for (let run = 0; run < repeat; run += 1) hashes.push(await freshHashes(requests, cwd, around));
  return { workers: 0, hashes };
}

/** `repeat` runs, at least one a worker, on that many workers at once. */
export async function verifyInWorkers(
  requests: readonly RunRequest[],
  cwd: string,
  repeat: number,
  workers: number,
): Promise<Verification> {
  const runs = Math.max(repeat, workers);
  const shares = Array.from({ length: workers }, (_, i) => Math.floor((runs + workers - 1 - i) / workers));
  const hashes = await Promise.all(shares.map((share) => inWorker({ requests, cwd, repeat: share })));
  return { workers, hashes: hashes.flat() };
}

/** Node runs no TypeScript: from the sources (under test), the worker is the built one. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/studies/verify/verify-worker.js" : "./verify-worker.js",
  import.meta.url,
);

function inWorker(task: VerifyTask): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    // What a user's policy prints has been seen in this thread.
    const worker = new Worker(workerFile, { workerData: task, stdout: true, stderr: true });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a worker ended with code ${code} before it had a result`)));
  });
}
