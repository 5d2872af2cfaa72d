/** Task sets by period, as in SimSo and in textbooks: the values are those of a reference simulator in whole ticks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { withCase } from "../shared.ts";

const scenario = {
  yaml: `name: simso-example
durationMs: 420
tasks:
  - { id: t1, model: { name: m1, layers: measured }, periodMs: 7, priority: 3 }
  - { id: t2, model: { name: m2, layers: measured }, periodMs: 12, priority: 2 }
  - { id: t3, model: { name: m3, layers: measured }, periodMs: 20, priority: 1 }
`,
};

withCase("5-simso-taskset", (folder) => {
  const system = { yaml: readFileSync(join(folder, "cpu.yaml"), "utf8") };
  const files = { "wcet.csv": readFileSync(join(folder, "wcet.csv"), "utf8") };
  test.each([
    ["edf", [4.15, 5.5714, 7.5714]],
    ["np-hpf", [4.15, 5.5714, 7.5714]],
    ["hpf", [3, 4.7143, 14.7143]],
  ] as const)(
    "%s on periods of 7, 12 and 20 ms: no job late, and the reference's mean response times",
    async (scheduler, means) => {
      const { tasks } = await run({ scenario, system, files, scheduler });
      expect(tasks.map(({ released, late }) => [released, late])).toEqual([
        [60, 0],
        [35, 0],
        [21, 0],
      ]);
      expect(tasks.map(({ meanResponseMs }) => Number((meanResponseMs as number).toFixed(4)))).toEqual(means);
    },
  );
});
