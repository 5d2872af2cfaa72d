/** Policies whose point is where jobs run: XRBench's, Planaria's, VELTAIR, Terastal, horizon. */
import type { SmallWorld } from "../../worlds.ts";
import type { Signature } from "./signature.ts";

/** Task z is first in the file; its model is first in the alphabet, least latency on a1, least energy on a0. */
const greedy: SmallWorld = {
  tasks: [
    {
      id: "z",
      modelName: "alpha",
      layersNs: [
        [10, 12],
        [10, 3],
      ],
      energyPj: [
        [5, 50],
        [5, 50],
      ],
      atNs: [0, 0],
    },
    { id: "y", modelName: "beta", layersNs: [[17, 16]], atNs: [0, 1] },
  ],
  accelerators: 2,
};

export const places: readonly Signature[] = [
  {
    // A pass starts one job a task, so y goes before z's second job, though it is longer.
    name: "xrbench-latency",
    world: greedy,
    starts: [
      [0, "y", 0],
      [0, "z", 1],
      [12, "z", 1],
      [15, "z", 1],
      [17, "y", 0],
      [27, "z", 1],
    ],
  },
  {
    // z: 20 ns x 10 pJ on a0 against 15 ns x 100 pJ on a1.
    name: "xrbench-edp",
    world: greedy,
    starts: [
      [0, "z", 0],
      [0, "y", 1],
      [10, "z", 0],
      [16, "z", 1],
      [20, "y", 0],
      [28, "z", 1],
    ],
  },
  {
    // Units 3 and 1 for x and z, see planaria.test.ts; y, past saving, gets two when x has ended.
    name: "planaria",
    world: {
      units: [4],
      tasks: [
        { id: "x", layersNs: [40], deadlineNs: 60, priority: 3 },
        { id: "y", layersNs: [40], deadlineNs: 90 },
        { id: "z", layersNs: [40], deadlineNs: 170 },
      ],
    },
    starts: [
      [0, "x", 0],
      [0, "z", 0],
      [53, "z", 0],
      [53, "y", 0],
      [107, "y", 0],
    ],
  },
  {
    // c comes at 15: a stops at the end of its tile, 20, and waits for b, which stops at 25. c alone has a deadline; the
    // other unit goes to a. At 45 both have ended.
    name: "planaria-released",
    world: {
      units: [2],
      tasks: [
        { id: "a", layersNs: [20], tiles: [4] },
        { id: "b", layersNs: [50], tiles: [4] },
        { id: "c", layersNs: [10], atNs: [15], deadlineNs: 50 },
      ],
    },
    starts: [
      [0, "a", 0],
      [0, "b", 0],
      [25, "a", 0],
      [25, "c", 0],
      [45, "b", 0],
    ],
  },
  {
    // At 10: a -1/1, b 1/5. At 20 both are late: a -1/11, then b -1/5: the later one goes.
    name: "planaria-dysta",
    world: {
      tasks: [
        { id: "a", layersNs: [10, 10], deadlineNs: 9 },
        { id: "b", layersNs: [10, 10], atNs: [5], deadlineNs: 10 },
      ],
    },
    starts: [
      [0, "a", 0],
      [10, "b", 0],
      [20, "b", 0],
      [30, "a", 0],
    ],
  },
  {
    // Threshold (40 + 5 + 3) / 3: a's first layer, which may take a quarter of 80 ns; its second all that is left. c waits.
    name: "veltair",
    world: {
      accelerators: 2,
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 20],
            [30, 60],
          ],
          deadlineNs: 80,
        },
        { id: "b", layersNs: [[5, 10]], atNs: [1], deadlineNs: 8 },
        { id: "c", layersNs: [[3, 3]], atNs: [2], deadlineNs: 5 },
      ],
    },
    starts: [
      [0, "a", 1],
      [1, "b", 0],
      [6, "c", 0],
      [20, "a", 1],
    ],
  },
  {
    // Slack 60, gaps 40 and 20: a's first layer has until 50, so b's 40 on a1 would be in its budget of 40, but a's not.
    name: "terastal",
    world: {
      accelerators: 2,
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 50],
            [10, 30],
          ],
          deadlineNs: 80,
        },
        { id: "b", layersNs: [[20, 40]], atNs: [1], deadlineNs: 39 },
        { id: "c", layersNs: [[30, 60]], atNs: [2], deadlineNs: 78 },
      ],
    },
    starts: [
      [0, "a", 0],
      [2, "c", 1],
      [10, "b", 0],
      [30, "a", 0],
    ],
  },
  {
    // Serving long costs one and two: the plan gives it up. calm takes the accelerator of less energy.
    name: "horizon",
    world: {
      accelerators: 2,
      tasks: [
        { id: "long", layersNs: [[30, 90]], deadlineNs: 40 },
        { id: "one", layersNs: [[20, 60]], deadlineNs: 42 },
        { id: "two", layersNs: [[20, 60]], deadlineNs: 44 },
        { id: "calm", layersNs: [[10, 30]], energyPj: [[9, 2]], deadlineNs: 200 },
      ],
    },
    starts: [
      [0, "one", 0],
      [0, "calm", 1],
      [20, "two", 0],
      [30, "long", 1],
    ],
  },
];
