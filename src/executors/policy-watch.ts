/** Watches a policy from another thread: finds out that a call has lasted too long. */
import type { PolicyPulse } from "../run/policy-pulse.ts";

/** How long a call of a policy may last by default, ms. */
export const POLICY_TIMEOUT_MS = 10_000;

/** Looks in a limit; a call is stopped within the limit and a quarter. */
const LOOKS = 4;
const LONGEST_INTERVAL_MS = 250;

export class PolicyWatch {
  readonly #pulse: PolicyPulse;
  /** Time between two looks. */
  readonly intervalMs: number;
  #beats = 0;
  #waitedMs = 0;
  #lookedMs = performance.now();

  /** The pulse knows its limit. */
  constructor(pulse: PolicyPulse) {
    this.#pulse = pulse;
    this.intervalMs = Math.min(LONGEST_INTERVAL_MS, pulse.limitMs / LOOKS);
  }

  /** Whether the present call has lasted longer than the limit since it was last found to. To be called at each interval. */
  isOverdue(): boolean {
    const nowMs = performance.now();
    // A machine that slept for an hour has not let the policy run for an hour.
    const passedMs = Math.min(nowMs - this.#lookedMs, 2 * this.intervalMs);
    this.#lookedMs = nowMs;
    const { beats, isInCall } = this.#pulse;
    const isSame = isInCall && beats === this.#beats;
    this.#waitedMs = isSame ? this.#waitedMs + passedMs : 0;
    this.#beats = beats;
    if (this.#waitedMs < this.#pulse.limitMs) return false;
    this.#waitedMs = 0;
    return true;
  }
}
