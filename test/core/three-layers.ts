/** One job of three layers, whose latencies differ on two accelerators. */
import type { SmallWorld } from "../worlds.ts";

export const world: SmallWorld = {
  tasks: [
    {
      id: "a",
      layersNs: [
        [10, 40],
        [20, 10],
        [30, 70],
      ],
      deadlineNs: 500,
      priority: 3,
    },
  ],
  accelerators: 2,
};
