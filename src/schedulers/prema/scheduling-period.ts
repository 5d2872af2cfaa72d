// Hot: runs once per dispatch and once per event.
/**
 * PREMA's scheduling period (time quota). Source: Choi and Rhu, HPCA 2020: 0.25 ms (docs/references.md#prema-tokens).
 * Adaptation: it restarts when a job is dispatched, or it runs free: peers differ (readings.ts). On several accelerators
 * each dispatch starts a period, and the end of any is an event for all of them. Without waiting jobs there is no
 * wake-up.
 */
import type { PreemptDecisions, RunningJob } from "../../core/scheduler.ts";

export class SchedulingPeriod {
  readonly #periodNs: number;
  readonly #isFree: boolean;
  #endNs = Infinity;

  constructor(lengthMs: number, timer: "dispatch" | "free") {
    // A whole number of ns, so that its multiples are exact.
    this.#periodNs = Math.max(1, Math.round(lengthMs * 1e6));
    this.#isFree = timer === "free";
  }

  endsAt(nowNs: number): boolean {
    return nowNs === this.#endNs;
  }

  /** Requests a call at the end of the first period of the running jobs; with `dispatch`, another period begins now. */
  wake(
    running: readonly RunningJob[],
    nowNs: number,
    decisions: PreemptDecisions,
    dispatch: "dispatch" | "none",
  ): void {
    this.#endNs = this.#isFree || dispatch === "dispatch" ? this.#nextEnd(this.#isFree ? 0 : nowNs, nowNs) : Infinity;
    if (!this.#isFree) {
      for (let i = 0; i < running.length; i++) {
        this.#endNs = Math.min(this.#endNs, this.#nextEnd(running[i]!.dispatchedNs, nowNs));
      }
    }
    decisions.wakeAt(this.#endNs);
  }

  /** The first end of a period after now, of those counted from `beganNs`. */
  #nextEnd(beganNs: number, nowNs: number): number {
    return beganNs + (Math.floor((nowNs - beganNs) / this.#periodNs) + 1) * this.#periodNs;
  }
}
