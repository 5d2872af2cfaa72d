/** Properties of random genomes and their mutations: they stay within the ranges, and are scenarios that load. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Library } from "../../../src/files/library.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { drawsOf } from "../../../src/studies/adversary/draws.ts";
import { type Genome, withoutFamily, withoutTask } from "../../../src/studies/adversary/genome.ts";
import { removals } from "../../../src/studies/adversary/minimise.ts";
import { mutated } from "../../../src/studies/adversary/mutate.ts";
import { acceleratorsOf } from "../../../src/studies/adversary/mutate-system.ts";
import { randomGenome } from "../../../src/studies/adversary/random-genome.ts";
import { loadRanges } from "../../../src/studies/adversary/ranges/load-ranges.ts";
import type { Ranges } from "../../../src/studies/adversary/ranges/ranges.ts";
import { requestOf, taskIds } from "../../../src/studies/adversary/written.ts";
import { folderWith } from "../../cli/call.ts";
import { propertyRuns } from "../../property-runs.ts";
import { repository } from "../../repository.ts";

const everyday = loadRanges("workloads/ranges/everyday.yaml", new Workbench(new Library(repository)));

const gaps = `name: gaps
models: [kws-res8, ritnet]
systems: [hda-2-ws-os-4k, fda-1-ws-4k]
durationMs: 100
tasks: [2, 5]
fps: [10, 20]
offsetMs: { from: 0, to: 10 }
jitterMs: [0, 0.5]
deadlinePeriods: [0.5, 2]
priority: { from: 1, to: 3 }
probability: 0.5
accelerators: [1, 2]
pes: [512, 1024]
`;
const uneven = loadRanges("gaps.yaml", new Workbench(new Library(folderWith({ "gaps.yaml": gaps }))));

/** What a genome has that the ranges do not. */
function strays({ tasks, durationMs, system }: Genome, ranges: Ranges): readonly string[] {
  const keys = ["fps", "offsetMs", "jitterMs", "deadlinePeriods", "priority"] as const;
  const accelerators = acceleratorsOf(system, ranges.systems);
  const own = ranges.systems.find(({ path }) => path === system.path)!.accelerators;
  const isOwn = (key: string, value: unknown) => own.some((each) => each[key] === value);
  return [
    ...(ranges.tasks.includes(tasks.length) ? [] : ["tasks"]),
    ...(ranges.durationMs.includes(durationMs) ? [] : ["durationMs"]),
    ...tasks.flatMap((task) => keys.filter((key) => !ranges[key].includes(task[key]))),
    ...tasks.filter((task) => !ranges.models.some(({ reference }) => reference === task.model)).map(() => "model"),
    ...tasks
      .filter(({ parent, probability }) => parent !== null && !ranges.probability.includes(probability))
      .map(() => "p"),
    ...tasks.filter(({ parent }, index) => parent !== null && parent >= index).map(() => "parent"),
    ...(accelerators.length === own.length || ranges.accelerators.includes(accelerators.length)
      ? []
      : ["accelerators"]),
    ...accelerators.filter(({ pes }) => !ranges.pes.includes(pes as number) && !isOwn("pes", pes)).map(() => "pes"),
    ...accelerators
      .filter(({ dataflow }) => !ranges.dataflows.includes(dataflow as string) && !isOwn("dataflow", dataflow))
      .map(() => "dataflow"),
    ...(new Set(accelerators.map(({ id }) => id)).size === accelerators.length ? [] : ["id"]),
  ];
}

test.each([
  ["everyday", everyday],
  ["uneven", uneven],
])("every genome and mutation is within the ranges: %s", (_, ranges) => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(7), (seed, stream) => {
      const draws = drawsOf(seed, stream);
      let genome = randomGenome(ranges, draws);
      expect(strays(genome, ranges)).toEqual([]);
      for (let step = 0; step < 30; step += 1) {
        const next = mutated(genome, ranges, draws);
        expect(JSON.stringify(next)).not.toBe(JSON.stringify(genome));
        expect(strays(next, ranges)).toEqual([]);
        genome = next;
      }
    }),
  );
});

test("every genome loads as a scenario and a system", () => {
  const workbench = new Workbench(new Library(repository));
  const carrier = workbench.files.find("scenario", "vr-gaming");
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(20), (seed, steps) => {
      const draws = drawsOf(seed, 0);
      let genome = randomGenome(everyday, draws);
      for (let step = 0; step < steps; step += 1) genome = mutated(genome, everyday, draws);
      const { scenario, system, variation } = requestOf(genome, carrier);
      const { tasks } = workbench.scenario(scenario, variation).value;
      expect(tasks.map(({ id }) => id)).toEqual(taskIds(genome.tasks));
      // PEs that make no whole cluster of a dataflow are refused: a search counts such scenarios.
      try {
        const { accelerators } = workbench.system(system, variation).value;
        expect(accelerators.length).toBe(acceleratorsOf(genome.system, everyday.systems).length);
      } catch (error) {
        expect(String(error)).toMatch(/cluster|pes/);
      }
    }),
    propertyRuns(60),
  );
});

test("removals leave a scenario that is smaller in one thing, with parents before their children", () => {
  const size = ({ tasks, system, durationMs }: Genome): number =>
    1e6 * tasks.length +
    1e4 * acceleratorsOf(system, everyday.systems).length +
    1e3 * tasks.filter(({ parent }) => parent !== null).length +
    durationMs / 1e3;
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const genome = randomGenome(everyday, drawsOf(seed, 0));
      for (const smaller of removals(genome, everyday)) {
        expect(size(smaller)).toBeLessThan(size(genome));
        for (const [index, { parent }] of smaller.tasks.entries())
          if (parent !== null) expect(parent).toBeLessThan(index);
        expect(smaller.tasks.length).toBeGreaterThan(0);
      }
    }),
  );
});

const task = { model: "m", modelName: "m", offsetMs: 1, jitterMs: 0, deadlinePeriods: 1, priority: 1, probability: 1 };
const chain = [
  { ...task, fps: 30, parent: null },
  { ...task, fps: 10, parent: 0 },
  { ...task, fps: 20, parent: 1 },
];

test("those that followed a task that goes follow its parent, or become roots of its rate", () => {
  expect(withoutTask(chain, 1).map(({ fps, parent }) => [fps, parent])).toEqual([
    [30, null],
    [20, 0],
  ]);
  expect(withoutTask(chain, 0).map(({ fps, parent }) => [fps, parent])).toEqual([
    [30, null],
    [20, 0],
  ]);
});

test("a family goes as a whole", () => {
  expect(withoutFamily(chain, 1)).toEqual([chain[0]]);
  expect(withoutFamily(chain, 0)).toEqual([]);
});

test("systems have an entry for each accelerator", () => {
  expect(everyday.systems.map(({ accelerators }) => accelerators.length)).toEqual([2, 4, 2, 2, 2, 3]);
});
