/** The workers that can run a sweep's points, and remarks about them. */
import { counted } from "../../output/words.ts";
import { type Build, buildText, isSameBuild } from "./build.ts";
import type { Connection, Notify } from "./connection.ts";
import { liveWorkers } from "./registry.ts";

/** Delay before a lack of workers is reported. They may still be starting. */
const PATIENCE_MS = 5_000;

export class Workforce {
  readonly #connection: Connection;
  readonly #build: Build;
  readonly #notify: Notify;
  readonly #refused = new Set<string>();
  #threads = 0;
  #workers = 0;
  /** When the last worker left; undefined if there are workers or their lack was reported. */
  #aloneSinceMs: number | undefined = performance.now();

  constructor(connection: Connection, build: Build, notify: Notify) {
    this.#connection = connection;
    this.#build = build;
    this.#notify = notify;
  }

  /** Threads of all workers at the last look. */
  get threads(): number {
    return this.#threads;
  }

  async look(): Promise<void> {
    const { hostPort, client } = this.#connection;
    const all = [...(await liveWorkers(client))];
    const own = all.filter(([, { build }]) => isSameBuild(build, this.#build));
    for (const [id, { host, build }] of all) {
      if (isSameBuild(build, this.#build) || this.#refused.has(id)) continue;
      this.#refused.add(id);
      this.#notify(
        `a worker on ${host} gets no points: it is ${buildText(build)}, but this sweep uses ` +
          `${buildText(this.#build)}; install the same version on both`,
      );
    }
    this.#threads = own.reduce((sum, [, { threads }]) => sum + threads, 0);
    this.#update(own.length, hostPort);
  }

  #update(workers: number, hostPort: string): void {
    if (workers > this.#workers) this.#notify(`${counted(workers, "worker")} with ${counted(this.#threads, "thread")}`);
    if (workers > 0) this.#aloneSinceMs = undefined;
    else if (this.#workers > 0) this.#aloneSinceMs = performance.now();
    this.#workers = workers;
    if (this.#aloneSinceMs === undefined || performance.now() - this.#aloneSinceMs < PATIENCE_MS) return;
    this.#aloneSinceMs = undefined;
    this.#notify(`no worker takes points from ${hostPort}; start one with: rtmm worker --queue redis://${hostPort}`);
  }
}
