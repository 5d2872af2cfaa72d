/** A world whose MapScores are worked out by hand in dream-mapscore.test.ts. */
import type { SmallWorld } from "../../worlds.ts";

export const threeJobs: SmallWorld = {
  tasks: [
    {
      id: "x",
      layersNs: [
        [10, 30],
        [20, 20],
        [10, 20],
      ],
      boundaryBytes: [0, 10, 10],
      deadlineNs: 200,
    },
    {
      id: "y",
      layersNs: [
        [20, 10],
        [30, 30],
      ],
      boundaryBytes: [0, 15],
      deadlineNs: 60,
    },
    { id: "z", layersNs: [[40, 40]], atNs: [5], deadlineNs: 100 },
  ],
  accelerators: 2,
  contextSwitch: "on",
  memory: { bandwidthGBs: 1, energyPjPerByte: 1 },
};
