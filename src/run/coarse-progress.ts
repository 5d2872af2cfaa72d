/** Tells how much of a run is simulated. It listens to ends of jobs alone, so that layers and decisions cost nothing. */
import type { Observer } from "../core/events.ts";

/** Called with the share of the run's duration that is simulated, 0 to 1. Never less than before. */
export type SimulatedShare = (share: number) => void;

const STEPS = 1000;

export function coarseProgress(durationNs: number, simulated: SimulatedShare): Observer {
  const stepNs = durationNs / STEPS;
  let nextNs = stepNs;
  const passed = ({ timeNs }: { readonly timeNs: number }): void => {
    if (timeNs < nextNs) return;
    nextNs = timeNs + stepNs;
    simulated(Math.min(1, timeNs / durationNs));
  };
  return { jobCompleted: passed, jobDropped: passed };
}
