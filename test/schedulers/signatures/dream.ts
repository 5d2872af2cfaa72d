/** DREAM, its parts, and what others made of SDRM3. */
import type { SmallWorld } from "../../worlds.ts";
import type { Signature } from "./signature.ts";

/** At 0 g and h are hopeless, at 1000 s is but for its lighter variant; then r, q and p meet twice, 200 ms apart. */
const overload: SmallWorld = {
  tasks: [
    { id: "h", layersNs: [40], deadlineNs: 35 },
    { id: "g", layersNs: [100], deadlineNs: 80 },
    { id: "s", layersNs: [60, 60], lighterNs: [[20, 20]], atNs: [1000], deadlineNs: 80 },
    { id: "r", layersNs: [100, 50], atNs: [2000, 200_000_000], deadlineNs: 100 },
    { id: "q", layersNs: [100], atNs: [2000, 200_000_000], deadlineNs: 2000 },
    { id: "p", layersNs: [90], atNs: [2150, 200_000_150], deadlineNs: 100 },
  ],
};

/** With alpha 1 q, which has waited, goes before the urgent p. */
const contest = (atNs: number): Signature["starts"] => [
  [atNs, "r", 0],
  [atNs + 100, "r", 0],
  [atNs + 150, "q", 0],
  [atNs + 250, "p", 0],
];

export const dream: readonly Signature[] = [
  {
    // 0: g 100/80, h 40/35, and 1 each for energy. 2000: r 150/100, q 100/2000. 2150: q 100/1850 + 150/100, p 90/100.
    name: "dream-mapscore",
    world: overload,
    starts: [[0, "g", 0], [1000, "s", 0], [1060, "s", 0], ...contest(2000), ...contest(200_000_000)],
  },
  {
    // 0: g is dropped.
    name: "dream-smartdrop",
    world: overload,
    starts: [[0, "h", 0], [1000, "s", 0], [1060, "s", 0], ...contest(2000), ...contest(200_000_000)],
  },
  {
    // 1000: the original would take 120 of 80 ns, the lighter variant 40.
    name: "dream",
    world: overload,
    starts: [[0, "h", 0], [1000, "s", 0], [1020, "s", 0], ...contest(2000), ...contest(200_000_000)],
  },
  {
    // The second window of 200 ms tries alpha 0.5: q 100/1850 + 75/100.
    name: "sdrm3",
    world: overload,
    starts: [
      [0, "g", 0],
      [1000, "s", 0],
      [1060, "s", 0],
      ...contest(2000),
      [200_000_000, "r", 0],
      [200_000_100, "r", 0],
      [200_000_150, "p", 0],
      [200_000_240, "q", 0],
    ],
  },
  {
    // 0: 1 and 1, h comes first. 2100: r, without slack, 1; q 100/1900 + 1. 2200: r -50/100 + 100/50, p 1 + 50/90.
    name: "sdrm3-dysta",
    world: overload,
    starts: [
      [0, "h", 0],
      [40, "g", 0],
      [1000, "s", 0],
      [1060, "s", 0],
      ...[2000, 200_000_000].flatMap((atNs): Signature["starts"] => [
        [atNs, "r", 0],
        [atNs + 100, "q", 0],
        [atNs + 200, "p", 0],
        [atNs + 290, "r", 0],
      ]),
    ],
  },
];
