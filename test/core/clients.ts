/** Worlds whose jobs clients release. */
import type { ClosedArrival } from "../../src/core/scenario.ts";
import type { SmallWorld } from "../worlds.ts";

export const closed = (thinkNs: number, more: Partial<ClosedArrival> = {}): ClosedArrival => ({
  kind: "closed",
  clients: 1,
  thinkNs,
  think: "constant",
  offsetNs: 0,
  ...more,
});

/** Two clients from 3 ns on, who think for 5 ns; jobs of 10 ns. */
export const two: SmallWorld = {
  tasks: [{ id: "a", layersNs: [10], release: closed(5, { clients: 2, offsetNs: 3 }), deadlineNs: 18 }],
  durationNs: 60,
};
