/** Runs points in worker threads of this process only. */
import { CrewExecutor } from "./crew-executor.ts";
import { PointThread } from "./point-thread.ts";
import type { WorkerSetting } from "./point-worker.ts";

export class ThreadExecutor extends CrewExecutor {
  /** `policyTimeoutMs`: how long a call of a user's policy may last. */
  constructor(threads: number, setting: WorkerSetting, policyTimeoutMs?: number) {
    super(Array.from({ length: threads }, () => new PointThread(setting, policyTimeoutMs)));
  }
}
