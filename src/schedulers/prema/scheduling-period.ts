// Hot: once a dispatch and once an event.
/**
 * PREMA's scheduling period (time quota). Source: Choi and Rhu, HPCA 2020: 0.25 ms (docs/references.md#prema-tokens).
 * Adaptation: the paper does not say whether it restarts when a job is dispatched (as one peer's does) or runs
 * free (as another's); on several accelerators each dispatch starts its own, and every end is an event for
 * all of them. Nobody is woken where nobody waits.
 */
import type { PreemptDecisions, RunningJob } from "../../core/scheduler.ts";

export class SchedulingPeriod {
  readonly #periodNs: number;
  readonly #isFree: boolean;
  #endNs = Infinity;

  constructor(lengthMs: number, timer: "dispatch" | "free") {
    // A whole number of ns, at least one: multiples of it are exact.
    this.#periodNs = Math.max(1, Math.round(lengthMs * 1e6));
    this.#isFree = timer === "free";
  }

  endsAt(nowNs: number): boolean {
    return nowNs === this.#endNs;
  }

  /** Asks to be called at the end of the first period of those running, where a dispatch now makes one more. */
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

  /** The first end after now of the periods that began then. */
  #nextEnd(beganNs: number, nowNs: number): number {
    return beganNs + (Math.floor((nowNs - beganNs) / this.#periodNs) + 1) * this.#periodNs;
  }
}
