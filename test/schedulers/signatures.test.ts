/** For each scheduler a world in which it, and no other, decides as written here: [startNs, task, accelerator]. */
import { describe, expect, test } from "vitest";
import { schedulers } from "../../src/schedulers/index.ts";
import { peerForms } from "../peers/forms.ts";
import { run, type SmallWorld } from "../worlds.ts";

/** Built-in ones, and the forms that peers have of some. */
const all = [...schedulers, ...peerForms];

interface Signature {
  readonly name: string;
  readonly world: SmallWorld;
  readonly starts: readonly (readonly [number, string, number])[];
}

/** a holds the first accelerator; c came before b's second job. */
const queue: SmallWorld = {
  tasks: [
    {
      id: "a",
      layersNs: [
        [10, 30],
        [10, 30],
      ],
    },
    { id: "b", layersNs: [[20, 5]], atNs: [1, 3], deadlineNs: 50, priority: 9 },
    { id: "c", layersNs: [[30, 40]], atNs: [2], deadlineNs: 40 },
  ],
  accelerators: 2,
};

/** By deadline z (55), x (100), y (110); by laxity z (45), y (50), x (80). */
const deadlines: SmallWorld = {
  tasks: [
    { id: "x", layersNs: [10, 10], deadlineNs: 100 },
    { id: "y", layersNs: [30, 30], deadlineNs: 110, priority: 2 },
    { id: "z", layersNs: [10], atNs: [5], deadlineNs: 50 },
  ],
};

const priorities: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [20, 20], priority: 1 },
    { id: "b", layersNs: [10], atNs: [5], priority: 5 },
    { id: "c", layersNs: [12], atNs: [6], priority: 6 },
    { id: "d", layersNs: [30], atNs: [7], priority: 1 },
  ],
};

/** prema.test.ts tells why prema decides so. */
const stops: SmallWorld = {
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

const signatures: readonly Signature[] = [
  {
    // y has less laxity than x, but comes second; at 1030 neither y nor z has any, and z has the higher priority.
    name: "fcfs",
    world: {
      ...queue,
      tasks: [
        ...queue.tasks,
        { id: "x", layersNs: [[30, Infinity]], atNs: [1000], deadlineNs: 500 },
        { id: "y", layersNs: [[40, Infinity]], atNs: [1000], deadlineNs: 60 },
        { id: "z", layersNs: [[50, Infinity]], atNs: [1000], deadlineNs: 75, priority: 9 },
      ],
    },
    starts: [
      [0, "a", 0],
      [1, "b", 1],
      [6, "c", 1],
      [10, "a", 0],
      [20, "b", 0],
      [1000, "x", 0],
      [1030, "y", 0],
      [1070, "z", 0],
    ],
  },
  {
    // c, the heaviest, gets its faster a0; a too (load 50 against 60 ns); b a1 (5 against 70).
    name: "fcfs-static",
    world: queue,
    starts: [
      [0, "a", 0],
      [1, "b", 1],
      [6, "b", 1],
      [10, "a", 0],
      [20, "c", 0],
    ],
  },
  {
    // The second r takes the slow a1 rather than wait.
    name: "edf",
    world: {
      tasks: [
        ...deadlines.tasks.map((task) => ({ ...task, layersNs: task.layersNs.map((ns) => [ns as number, Infinity]) })),
        { id: "r", layersNs: [[10, 30]], atNs: [1000, 1000], deadlineNs: 29 },
      ],
      accelerators: 2,
    },
    starts: [
      [0, "x", 0],
      [10, "z", 0],
      [20, "x", 0],
      [30, "y", 0],
      [60, "y", 0],
      [1000, "r", 0],
      [1000, "r", 1],
    ],
  },
  {
    // At 40 x and y both have 80 ns of laxity: x comes first. A layer of x later it has 90.
    name: "llf",
    world: deadlines,
    starts: [
      [0, "y", 0],
      [30, "z", 0],
      [40, "x", 0],
      [50, "y", 0],
      [80, "x", 0],
    ],
  },
  {
    name: "sjf",
    world: {
      tasks: [
        { id: "a", layersNs: [50] },
        { id: "b", layersNs: [10, 10], atNs: [1] },
        { id: "c", layersNs: [5, 5], atNs: [2] },
        { id: "d", layersNs: [15, 4], atNs: [3] },
        { id: "e", layersNs: [60], atNs: [4], priority: 9 },
      ],
    },
    starts: [
      [0, "a", 0],
      [50, "c", 0],
      [55, "c", 0],
      [60, "d", 0],
      [75, "d", 0],
      [79, "b", 0],
      [89, "b", 0],
      [99, "e", 0],
    ],
  },
  {
    name: "rr",
    world: {
      tasks: [
        { id: "a", layersNs: [10, 10, 10] },
        { id: "b", layersNs: [10, 30], atNs: [5] },
        { id: "c", layersNs: [10], atNs: [12] },
      ],
    },
    starts: [
      [0, "a", 0],
      [10, "b", 0],
      [20, "a", 0],
      [30, "c", 0],
      [40, "b", 0],
      [70, "a", 0],
    ],
  },
  {
    name: "np-hpf",
    world: priorities,
    starts: [
      [0, "a", 0],
      [20, "a", 0],
      [40, "c", 0],
      [52, "b", 0],
      [62, "d", 0],
    ],
  },
  {
    // b stops a after 5 ns, c stops b after 1: 9 and 15 ns of their layers are left.
    name: "hpf",
    world: priorities,
    starts: [
      [0, "a", 0],
      [5, "b", 0],
      [6, "c", 0],
      [18, "b", 0],
      [27, "a", 0],
      [42, "a", 0],
      [62, "d", 0],
    ],
  },
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
    // At 10 b has 30 of laxity, which a's 30 may take; at 1000 y has 30, x 440.
    name: "relief",
    world: {
      tasks: [
        { id: "a", layersNs: [10, 30], deadlineNs: 200 },
        { id: "b", layersNs: [20], atNs: [5], deadlineNs: 55 },
        { id: "x", layersNs: [50, 10], atNs: [1000], deadlineNs: 500 },
        { id: "y", layersNs: [70], atNs: [1000], deadlineNs: 100 },
      ],
    },
    starts: [
      [0, "a", 0],
      [10, "a", 0],
      [40, "b", 0],
      [1000, "y", 0],
      [1070, "x", 0],
      [1120, "x", 0],
    ],
  },
  {
    // b has used up its laxity at 20, z at 1010; y has 81 left at 1010, and x, which came first, never uses it up.
    name: "xsched-lax",
    world: {
      tasks: [
        { id: "a", layersNs: [20, 20] },
        { id: "b", layersNs: [10], atNs: [5], deadlineNs: 25 },
        { id: "x", layersNs: [10, 10], atNs: [1000] },
        { id: "y", layersNs: [10], atNs: [1001], deadlineNs: 100 },
        { id: "z", layersNs: [10], atNs: [1002], deadlineNs: 18 },
      ],
    },
    starts: [
      [0, "a", 0],
      [20, "b", 0],
      [30, "a", 0],
      [1000, "x", 0],
      [1010, "z", 0],
      [1020, "x", 0],
      [1030, "y", 0],
    ],
  },
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

describe.each(signatures)("$name", ({ name, world, starts }) => {
  test("decides as worked out by hand", () => {
    expect(run(world, schedulerNamed(name)).starts).toEqual(starts);
  });
  test("alone decides so", () => {
    const alike = all.filter((other) => JSON.stringify(run(world, other).starts) === JSON.stringify(starts));
    expect(alike.map((other) => other.name)).toEqual([name]);
  });
});

test("every scheduler has a signature", () => {
  expect(signatures.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
});

const schedulerNamed = (name: string) => all.find((scheduler) => scheduler.name === name)!;
