/** Energies that the costs do not know: NaN in every sum that needs one, and in no other. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, unsupported } from "../../src/core/program.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { createConservation } from "../../src/run/conservation.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { planned } from "./planned.ts";
import { randomWorld } from "./random-worlds.ts";

const unknown = Number.NaN;

test("a job knows its energy unless it ran a layer without one, an accelerator likewise", () => {
  // a takes the only layer with a known energy on each accelerator; b must go to a1, which knows none of b.
  const { jobs, totals } = run(
    {
      accelerators: 2,
      tasks: [
        { id: "a", layersNs: [[10, 20]], energyPj: [[5, unknown]] },
        { id: "b", layersNs: [[Infinity, 20]], energyPj: [[0, unknown]] },
      ],
    },
    fcfs,
  );
  expect(jobs.map(({ energyPj }) => energyPj)).toEqual([5, unknown]);
  expect(totals.accelerators.map(({ energyPj }) => energyPj)).toEqual([5, unknown]);
  expect(totals.peakPowerMw).toBeNaN();
});

test("work that was stopped before it began took no energy, known or not", () => {
  const world: SmallWorld = {
    tasks: [{ id: "a", layersNs: [10], energyPj: [[unknown]] }],
    system: { decisionOverheadNs: 5 },
  };
  const start = (atNs: number) => ({ atNs, run: "a#0" });
  const killed = run(world, planned([start(0), { atNs: 3, kill: "a#0" }, start(3)]));
  const stopped = run(world, planned([start(0), { atNs: 3, checkpoint: "a#0" }, start(3)]));
  for (const { segments } of [killed, stopped]) expect(segments.map(({ energyPj }) => energyPj)).toEqual([0, unknown]);
});

test("without a cap an unknown power changes no operating point", () => {
  const points = [
    { name: "fast", speed: 2, energyFactor: 3 },
    { name: "slow", speed: 1, energyFactor: 1 },
  ];
  const world = {
    tasks: [{ id: "a", layersNs: [10], energyPj: [[unknown]] }],
    accelerator: { operatingPoints: points },
  };
  expect(run(world, fcfs).ends).toEqual([[5, "a#0", "done"]]);
  const capped = smallScenario({ ...world, system: { powerCapMw: 5 } });
  expect(unsupported(capped.scenario, capped.costTable, capped.system)).toEqual([
    'the power cap needs energies, and the costs of model "a" do not have them all; add them, or remove powerCapMw',
  ]);
});

describe("in random worlds with a policy that does not look at energies", () => {
  /** Layers whose number is in `gaps`, counted over tasks, columns and layers, have no known energy. */
  const withGaps = (world: SmallWorld, gaps: readonly boolean[]): SmallWorld => {
    const columns = world.units!.flatMap((units) => Array.from({ length: units }, () => 0));
    let cell = 0;
    return {
      ...world,
      tasks: world.tasks.map((task) => ({
        ...task,
        energyPj: task.layersNs.map(() => columns.map(() => (gaps[cell++ % gaps.length] ? unknown : 7))),
      })),
    };
  };
  const gaps = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

  test("nothing moves but the energies of what ran without one", () => {
    fc.assert(
      fc.property(randomWorld, gaps, (world, missing) => {
        const known = run(withGaps(world, [false]), chaos);
        const found = run(withGaps(world, missing), chaos);
        const { scenario, system, costTable } = smallScenario(withGaps(world, missing));
        const program = compile(scenario, system, costTable);
        const isGap = ({
          taskIndex,
          variantIndex,
          layerIndex,
          acceleratorIndex,
          units,
        }: (typeof found.segments)[number]) => {
          const row = program.tasks[taskIndex]!.firstRow[variantIndex]! + layerIndex;
          return Number.isNaN(
            program.energyPj[row * program.columns + program.firstColumn[acceleratorIndex]! + units - 1]!,
          );
        };
        expect(found.ends).toEqual(known.ends);
        const gapped = found.segments.filter((each) => isGap(each) && each.progressAfter > each.progressBefore);
        for (const [i, segment] of found.segments.entries())
          expect(segment.energyPj).toBe(gapped.includes(segment) ? Number.NaN : known.segments[i]!.energyPj);
        for (const [i, job] of found.jobs.entries()) {
          const ranWithout = gapped.some((each) => each.taskIndex === job.taskIndex && each.jobIndex === job.jobIndex);
          expect(job.energyPj).toBe(ranWithout ? Number.NaN : known.jobs[i]!.energyPj);
        }
      }),
      propertyRuns(100),
    );
  });

  test("audit and conservation agree with the run", () => {
    fc.assert(
      fc.property(randomWorld, gaps, (world, missing) => {
        const { scenario, system, costTable } = smallScenario(withGaps(world, missing));
        const program = compile(scenario, system, costTable);
        const audit = createAudit(program, { seed: world.seed!, lateDrop: false });
        const conservation = createConservation(program, world.seed!);
        const totals = simulate(
          program,
          chaos,
          {},
          {
            seed: world.seed!,
            observer: {
              ...audit.observer,
              jobCompleted(job) {
                audit.observer.jobCompleted?.(job);
                conservation.jobEnded(job);
              },
              jobDropped(job) {
                audit.observer.jobDropped?.(job);
                conservation.jobEnded(job);
              },
            },
          },
        );
        expect(audit.finish(totals)).toEqual([]);
        conservation.check(totals);
      }),
      propertyRuns(100),
    );
  });

  test("an energy that is known where the costs have none is a finding of the audit", () => {
    const world = withGaps({ units: [1], tasks: [{ id: "a", layersNs: [10] }], seed: 1 }, [true]);
    const { scenario, system, costTable } = smallScenario(world);
    const program = compile(scenario, system, costTable);
    const audit = createAudit(program, { seed: 1, lateDrop: false });
    const totals = simulate(
      program,
      fcfs,
      { granularity: "model", placement: "fastest", lateDrop: true },
      {
        seed: 1,
        observer: {
          ...audit.observer,
          segmentEnded: (each) => audit.observer.segmentEnded?.({ ...each, energyPj: 0 }),
        },
      },
    );
    expect(audit.finish(totals)[0]).toContain("took 0 pJ for layer 0 at 0 ns, not NaN");
  });
});
