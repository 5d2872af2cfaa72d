/** Policies with tokens, and others that weigh estimates: PREMA's and Dysta. */
import type { SmallWorld } from "../../worlds.ts";
import type { Signature } from "./signature.ts";

/** prema.test.ts tells why prema decides so. */
export const stops: SmallWorld = {
  tasks: [
    { id: "long", layersNs: [100, 100], priority: 1 },
    { id: "mid", layersNs: [40], atNs: [30], priority: 3 },
    { id: "high", layersNs: [300], atNs: [50], priority: 9 },
    { id: "ten", layersNs: [10], atNs: [60], priority: 1 },
    { id: "five", layersNs: [5], atNs: [65], priority: 1 },
  ],
};

/** For long, twelve and ten have 9 tokens when high has run. */
const tokens: SmallWorld = {
  tasks: [
    { id: "long", layersNs: [20], priority: 1 },
    { id: "twelve", layersNs: [12], atNs: [1], priority: 1 },
    { id: "ten", layersNs: [10], atNs: [2], priority: 1 },
    { id: "two", layersNs: [2], atNs: [3], priority: 3 },
    { id: "mid", layersNs: [40], atNs: [4], priority: 3 },
    { id: "high", layersNs: [100], atNs: [5], priority: 9 },
  ],
};

export const prema: readonly Signature[] = [
  {
    // two stops long: 2 / 20 against 17 / 2. At 105: long 6.1, twelve 9.7, ten 11.3, mid 10.6.
    name: "token",
    world: tokens,
    starts: [
      [0, "long", 0],
      [3, "two", 0],
      [5, "high", 0],
      [105, "twelve", 0],
      [117, "ten", 0],
      [127, "mid", 0],
      [167, "long", 0],
    ],
  },
  {
    // At 20: two 28.5, high 10.35; at 122 all the others have more than 9.
    name: "np-token",
    world: tokens,
    starts: [
      [0, "long", 0],
      [20, "two", 0],
      [22, "high", 0],
      [122, "twelve", 0],
      [134, "ten", 0],
      [144, "mid", 0],
    ],
  },
  {
    name: "np-prema",
    world: tokens,
    starts: [
      [0, "long", 0],
      [20, "two", 0],
      [22, "high", 0],
      [122, "ten", 0],
      [132, "twelve", 0],
      [144, "mid", 0],
    ],
  },
  {
    name: "prema",
    world: stops,
    starts: [
      [0, "long", 0],
      [30, "mid", 0],
      [70, "high", 0],
      [370, "five", 0],
      [375, "ten", 0],
      [385, "long", 0],
      [455, "long", 0],
    ],
  },
  {
    // high stops mid; at 350 mid has 3 (1 + 300 / 40) tokens and 20 ns left.
    name: "prema-checkpoint",
    world: stops,
    starts: [
      [0, "long", 0],
      [30, "mid", 0],
      [50, "high", 0],
      [350, "five", 0],
      [355, "ten", 0],
      [365, "mid", 0],
      [385, "long", 0],
      [455, "long", 0],
    ],
  },
  {
    // mid and long start over.
    name: "prema-kill",
    world: stops,
    starts: [
      [0, "long", 0],
      [30, "mid", 0],
      [50, "high", 0],
      [350, "five", 0],
      [355, "ten", 0],
      [365, "mid", 0],
      [405, "long", 0],
      [505, "long", 0],
    ],
  },
  {
    // In ms: calm 20 + 9.8, urgent 25 + 0.05; at 15 urgent 10 + 0.05, late 5 + 3.92.
    name: "dysta",
    world: {
      tasks: [
        { id: "calm", layersNs: [10e6, 10e6], deadlineNs: 1000e6 },
        { id: "urgent", layersNs: [15e6, 10e6], deadlineNs: 30e6 },
        { id: "late", layersNs: [5e6], atNs: [12e6], deadlineNs: 400e6 },
      ],
    },
    starts: [
      [0, "urgent", 0],
      [15e6, "late", 0],
      [20e6, "urgent", 0],
      [30e6, "calm", 0],
      [40e6, "calm", 0],
    ],
  },
];
