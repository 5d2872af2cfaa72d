/** A worker thread that starts with its first batch. */
import type { Point, PointOutcome } from "../point.ts";
import type { WorkerSetting } from "./point-worker.ts";
import type { PointRunner } from "./thread-run.ts";

export class LaterThread implements PointRunner {
  readonly takesAhead = true;
  readonly #setting: WorkerSetting;
  readonly #policyTimeoutMs: number | undefined;
  #thread: Promise<PointRunner> | undefined;

  constructor(setting: WorkerSetting, policyTimeoutMs: number | undefined) {
    this.#setting = setting;
    this.#policyTimeoutMs = policyTimeoutMs;
  }

  async run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    this.#thread ??= this.#started();
    return (await this.#thread).run(points, ended, signal);
  }

  async #started(): Promise<PointRunner> {
    const { PointThread } = await import("./point-thread.ts");
    return new PointThread(this.#setting, this.#policyTimeoutMs);
  }

  async close(): Promise<void> {
    await (await this.#thread)?.close();
  }
}
