/** Who holds the accelerators while a job is ready and waits. */
import type { DispatchEnded, JobDispatched } from "../core/events.ts";
import type { Program } from "../core/program.ts";

interface Running {
  readonly taskIndex: number;
  readonly acceleratorIndex: number;
  readonly sinceNs: number;
}

export class LaneWatch {
  /** Ready with no accelerator free, ns. */
  allBusyNs = 0;
  readonly #freeUnits: number[];
  readonly #running = new Map<string, Running>();
  readonly #blockedNs = new Map<string, { taskIndex: number; acceleratorIndex: number; ns: number }>();
  /** undefined: the job is not ready. */
  #readySinceNs: number | undefined;
  #busySinceNs: number | undefined;

  constructor({ units }: Program) {
    this.#freeUnits = [...units];
  }

  ready(timeNs: number): void {
    this.#readySinceNs = timeNs;
    if (this.#isAllBusy()) this.#busySinceNs = timeNs;
  }

  /** The job is dispatched, or ends. */
  notReady(timeNs: number): void {
    for (const running of this.#running.values()) this.#blocked(running, timeNs);
    this.#endBusy(timeNs);
    this.#readySinceNs = undefined;
  }

  dispatched({ timeNs, taskIndex, acceleratorIndex, lane, units }: JobDispatched): void {
    this.#running.set(`${acceleratorIndex}:${lane}`, { taskIndex, acceleratorIndex, sinceNs: timeNs });
    this.#freeUnits[acceleratorIndex]! -= units;
    if (this.#readySinceNs !== undefined && this.#isAllBusy()) this.#busySinceNs ??= timeNs;
  }

  ended({ timeNs, acceleratorIndex, lane, units }: DispatchEnded): void {
    const key = `${acceleratorIndex}:${lane}`;
    const running = this.#running.get(key);
    if (running !== undefined) this.#blocked(running, timeNs);
    this.#running.delete(key);
    this.#freeUnits[acceleratorIndex]! += units;
    this.#endBusy(timeNs);
  }

  /** The longest first; ties by task and accelerator. */
  blockers(): readonly { readonly taskIndex: number; readonly acceleratorIndex: number; readonly ns: number }[] {
    return [...this.#blockedNs.values()]
      .filter(({ ns }) => ns > 0)
      .sort((a, b) => b.ns - a.ns || a.taskIndex - b.taskIndex || a.acceleratorIndex - b.acceleratorIndex);
  }

  #isAllBusy(): boolean {
    return this.#freeUnits.every((free) => free === 0);
  }

  #endBusy(timeNs: number): void {
    if (this.#busySinceNs !== undefined) this.allBusyNs += timeNs - this.#busySinceNs;
    this.#busySinceNs = undefined;
  }

  #blocked({ taskIndex, acceleratorIndex, sinceNs }: Running, timeNs: number): void {
    if (this.#readySinceNs === undefined) return;
    const key = `${taskIndex}:${acceleratorIndex}`;
    const sum = this.#blockedNs.get(key) ?? { taskIndex, acceleratorIndex, ns: 0 };
    this.#blockedNs.set(key, { ...sum, ns: sum.ns + timeNs - Math.max(sinceNs, this.#readySinceNs) });
  }
}
