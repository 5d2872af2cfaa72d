/** Worker thread of `verify.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import type { RunRequest } from "../../run/run-setup.ts";
import { verifyHere } from "./verify.ts";

export interface VerifyTask {
  readonly requests: readonly RunRequest[];
  readonly cwd: string;
  readonly repeat: number;
}

const { requests, cwd, repeat } = workerData as VerifyTask;
const { hashes } = await verifyHere(requests, cwd, repeat, (work) => work());
parentPort?.postMessage(hashes);
