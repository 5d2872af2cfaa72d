/** For each scheduler a world in which it, and no other, decides as written here: [startNs, task, accelerator]. */
import { describe, expect, test } from "vitest";
import { schedulers } from "../../src/schedulers/index.ts";
import { run, type SmallWorld } from "../worlds.ts";

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
    { id: "y", layersNs: [30, 30], deadlineNs: 110 },
    { id: "z", layersNs: [10], atNs: [5], deadlineNs: 50 },
  ],
};

const priorities: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [20, 20], priority: 1 },
    { id: "b", layersNs: [10], atNs: [5], priority: 5 },
    { id: "c", layersNs: [10], atNs: [6], priority: 9 },
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
    { id: "y", modelName: "beta", layersNs: [[10, 30]] },
  ],
  accelerators: 2,
};

const signatures: readonly Signature[] = [
  {
    name: "fcfs",
    world: queue,
    starts: [
      [0, "a", 0],
      [1, "b", 1],
      [6, "c", 1],
      [10, "a", 0],
      [20, "b", 0],
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
    name: "edf",
    world: deadlines,
    starts: [
      [0, "x", 0],
      [10, "z", 0],
      [20, "x", 0],
      [30, "y", 0],
      [60, "y", 0],
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
    ],
  },
  {
    name: "rr",
    world: {
      tasks: [
        { id: "a", layersNs: [10, 10, 10] },
        { id: "b", layersNs: [10, 10], atNs: [5] },
        { id: "c", layersNs: [10], atNs: [12] },
      ],
    },
    starts: [
      [0, "a", 0],
      [10, "b", 0],
      [20, "a", 0],
      [30, "c", 0],
      [40, "b", 0],
      [50, "a", 0],
    ],
  },
  {
    name: "np-hpf",
    world: priorities,
    starts: [
      [0, "a", 0],
      [20, "a", 0],
      [40, "c", 0],
      [50, "b", 0],
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
      [16, "b", 0],
      [25, "a", 0],
      [40, "a", 0],
    ],
  },
  {
    // A pass starts one job a task, so y goes before z's second job.
    name: "xrbench-latency",
    world: greedy,
    starts: [
      [0, "y", 0],
      [0, "z", 1],
      [10, "z", 0],
      [12, "z", 1],
      [20, "z", 0],
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
      [20, "z", 0],
      [30, "z", 0],
    ],
  },
];

describe.each(signatures)("$name", ({ name, world, starts }) => {
  test("decides as worked out by hand", () => {
    expect(run(world, schedulerNamed(name)).starts).toEqual(starts);
  });
  test("alone decides so", () => {
    const alike = schedulers.filter((other) => JSON.stringify(run(world, other).starts) === JSON.stringify(starts));
    expect(alike.map((other) => other.name)).toEqual([name]);
  });
});

test("every built-in scheduler has a signature", () => {
  expect(signatures.map(({ name }) => name).sort()).toEqual(schedulers.map(({ name }) => name).sort());
});

const schedulerNamed = (name: string) => schedulers.find((scheduler) => scheduler.name === name)!;
