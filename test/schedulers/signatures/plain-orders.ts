/** Policies that take jobs by one number: arrival, deadline, laxity, length, priority. */
import type { SmallWorld } from "../../worlds.ts";
import type { Signature } from "./signature.ts";

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

export const plainOrders: readonly Signature[] = [
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
];
