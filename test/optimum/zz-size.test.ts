import { test } from "vitest";
import { searched } from "./searched.ts";
import type { SmallWorld } from "../worlds.ts";
const rnd = (s: number) => () => ((s = (s * 1103515245 + 12345) % 2147483648) / 2147483648);
const world = (seed: number, tasks: number, jobs: number, layers: number): SmallWorld => { const r = rnd(seed); return ({
  accelerators: 2,
  tasks: Array.from({ length: tasks }, (_, i) => ({ id: `t${i}`, layersNs: Array.from({ length: layers }, () => [2 + Math.floor(r() * 20), 2 + Math.floor(r() * 20)]),
    energyPj: Array.from({ length: layers }, () => [2 + Math.floor(r() * 20), 2 + Math.floor(r() * 20)]),
    atNs: Array.from({ length: jobs }, (_, k) => Math.floor(r()*5) + k * 30), deadlineNs: 20 + Math.floor(r() * 30) })),
}); };
test("size", () => {
  for (const [tasks, jobs, layers] of [[3, 3, 1], [3, 3, 2], [4,3,2],[4,4,2]] as const) for (const metric of ["violations", "uxCostGuarded", "uxCost"]) {
    const t = performance.now();
    const s = searched(world(7, tasks, jobs, layers), { metric }, 20_000);
    const ms = performance.now() - t;
    console.log(tasks, jobs, layers, metric, s.value, s.isProven, s.states, ms.toFixed(0), (s.states / ms * 1000).toFixed(0));
  }
}, 1e6);
