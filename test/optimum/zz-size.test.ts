import fc from "fast-check";
import { test } from "vitest";
import { searched } from "/work/wt-op/test/optimum/searched.ts";
import { tiny } from "/work/wt-op/test/optimum/tiny.ts";
test("size", () => {
  for (const world of fc.sample(tiny, 12)) for (const pruning of ["all", "bounds", "none"] as const) {
    const t = performance.now();
    const s = searched(world, { metric: "uxCostGuarded", pruning }, 30_000);
    console.log(pruning, s.value, s.isProven, s.states, (performance.now() - t).toFixed(0), world.tasks.map((t) => `${t.layersNs.length}x${t.atNs?.length}`).join(" "), world.accelerators);
  }
});
