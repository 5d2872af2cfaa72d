// Hot: counts every event.
/** Stops a run whose policy would never end it. */
import type { Limits } from "../limits.ts";
import type { JobList, ReadyJob } from "../scheduler.ts";
import { nameOf, type PolicyCalls } from "./policy-calls.ts";

export class ProgressWatch {
  events = 0;
  private readonly limits: Limits;
  private readonly calls: PolicyCalls;
  private readonly waiting: JobList<ReadyJob>;
  private idleWakes = 0;
  private stops = 0;
  /** Number of ended jobs when a job was last stopped. */
  private endedJobs = 0;

  constructor(limits: Limits, calls: PolicyCalls, waiting: JobList<ReadyJob>) {
    this.limits = limits;
    this.calls = calls;
    this.waiting = waiting;
  }

  countEvent(): void {
    this.events += 1;
    if (this.events > this.limits.events) this.failEvents();
  }

  /** Counts a wake-up, if nothing else is in progress. */
  countWake(isIdle: boolean): void {
    this.idleWakes = isIdle ? this.idleWakes + 1 : 0;
    if (this.idleWakes > this.limits.idleWakes) this.fail("keeps waking up without progress");
  }

  /** The number of calls of `decide` at this instant so far. */
  checkCalls(calls: number): void {
    if (calls > this.limits.callsAnInstant) this.fail("goes in circles");
  }

  /** Counts a kill or a checkpoint, when this many jobs have ended. */
  countStop(endedJobs: number): void {
    this.stops = endedJobs === this.endedJobs ? this.stops + 1 : 0;
    this.endedJobs = endedJobs;
    const { stopsWithoutEnd } = this.limits;
    if (this.stops <= stopsWithoutEnd) return;
    this.calls.fail(`makes no progress: no job ended while it stopped ${stopsWithoutEnd}`);
  }

  /** No further event is due. */
  checkEnd(): void {
    if (this.waiting.length > 0) this.fail("makes no progress");
  }

  private failEvents(): never {
    this.calls.fail(`did not end within ${this.limits.events} events`);
  }

  private fail(what: string): never {
    this.calls.fail(`${what}: ${this.waitingJobs()}`);
  }

  private waitingJobs(): string {
    const { length } = this.waiting;
    const names = [...this.waiting].slice(0, 5).map(nameOf);
    const more = length > 5 ? `, and ${length - 5} more` : "";
    return length === 0 ? "no job waits" : `waiting: ${names.join(", ")}${more}`;
  }
}
