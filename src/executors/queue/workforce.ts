/** The workers that a sweep can count on, and what there is to say of them. */
import { counted } from "../../output/words.ts";
import { type Build, buildText, isSameBuild } from "./build.ts";
import type { Connection, Tell } from "./connection.ts";
import { liveWorkers } from "./registry.ts";

/** Before somebody is told that there are none: they may just be starting. */
const PATIENCE_MS = 5_000;

export class Workforce {
  readonly #connection: Connection;
  readonly #build: Build;
  readonly #tell: Tell;
  readonly #refused = new Set<string>();
  #lanes = 0;
  #workers = 0;
  /** Since when there are none; undefined: there are some, or their lack was told. */
  #aloneSinceMs: number | undefined = performance.now();

  constructor(connection: Connection, build: Build, tell: Tell) {
    this.#connection = connection;
    this.#build = build;
    this.#tell = tell;
  }

  /** Points that they run at once, as of the last look. */
  get lanes(): number {
    return this.#lanes;
  }

  async look(): Promise<void> {
    const { place, client } = this.#connection;
    const all = [...(await liveWorkers(client))];
    const own = all.filter(([, { build }]) => isSameBuild(build, this.#build));
    for (const [id, { host, build }] of all) {
      if (isSameBuild(build, this.#build) || this.#refused.has(id)) continue;
      this.#refused.add(id);
      this.#tell(
        `a worker on ${host} is ${buildText(build)}, this is ${buildText(this.#build)}: it gets no points; ` +
          "install the same on both",
      );
    }
    this.#lanes = own.reduce((sum, [, { lanes }]) => sum + lanes, 0);
    this.#tellOf(own.length, place);
  }

  #tellOf(workers: number, place: string): void {
    if (workers > this.#workers) this.#tell(`${counted(workers, "worker")} with ${counted(this.#lanes, "thread")}`);
    if (workers > 0) this.#aloneSinceMs = undefined;
    else if (this.#workers > 0) this.#aloneSinceMs = performance.now();
    this.#workers = workers;
    if (this.#aloneSinceMs === undefined || performance.now() - this.#aloneSinceMs < PATIENCE_MS) return;
    this.#aloneSinceMs = undefined;
    this.#tell(`no worker takes points from ${place}; start one with: rtmm worker --queue redis://${place}`);
  }
}
