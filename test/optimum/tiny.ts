/** Random cases of a handful of jobs on one or two accelerators: few enough to visit every schedule. */
import fc from "fast-check";
import type { SmallTask, SmallWorld } from "../worlds.ts";

const layersNs = (accelerators: number) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: accelerators, maxLength: accelerators }), {
    minLength: 1,
    maxLength: 2,
  });

interface TaskShape {
  readonly layers: readonly (readonly number[])[];
  readonly energyPj: readonly (readonly number[])[];
  readonly atNs: readonly number[];
  readonly deadlineNs: number | undefined;
  readonly follows: boolean;
  readonly bytes: number;
}

export const tiny: fc.Arbitrary<SmallWorld> = fc
  .record({
    accelerators: fc.integer({ min: 1, max: 2 }),
    alike: fc.boolean(),
    contextSwitch: fc.constantFrom("on" as const, "off" as const),
    overheadNs: fc.constantFrom(0, 0, 2),
  })
  .chain(({ accelerators, alike, contextSwitch, overheadNs }) =>
    fc
      .array(
        fc.record<TaskShape>({
          layers: layersNs(alike ? 1 : accelerators),
          energyPj: fc.array(
            fc.array(fc.integer({ min: 1, max: 30 }), { minLength: accelerators, maxLength: accelerators }),
            { minLength: 2, maxLength: 2 },
          ),
          atNs: fc
            .uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 2 })
            .map((times) => times.sort((a, b) => a - b)),
          deadlineNs: fc.option(fc.integer({ min: 3, max: 30 }), { nil: undefined, freq: 6 }),
          follows: fc.boolean(),
          bytes: fc.integer({ min: 0, max: 3 }),
        }),
        { minLength: 1, maxLength: 2 },
      )
      .map((shapes) => ({
        accelerators,
        contextSwitch,
        memory: { bandwidthGBs: 1, energyPjPerByte: 2 },
        system: { decisionOverheadNs: overheadNs },
        tasks: shapes.map((shape, i) => toTask(shape, i, accelerators)),
      })),
  );

function toTask(
  { layers, energyPj, atNs, deadlineNs, follows, bytes }: TaskShape,
  index: number,
  accelerators: number,
): SmallTask {
  const perAccelerator = layers.map((layer) => Array.from({ length: accelerators }, (_, a) => layer[a] ?? layer[0]!));
  return {
    id: `t${index}`,
    layersNs: perAccelerator,
    energyPj: energyPj.slice(0, layers.length),
    boundaryBytes: layers.map((_, layer) => (layer === 0 ? 0 : bytes)),
    ...(deadlineNs !== undefined && { deadlineNs }),
    ...(index > 0 && follows ? { release: { kind: "after" as const, taskIndexes: [0], probability: 1 } } : { atNs }),
  };
}

/** Likewise, with more jobs, and with what makes them differ: skipped layers, exits, lighter variants, varying times, draws. */
export const varied: fc.Arbitrary<SmallWorld> = fc
  .tuple(tiny, fc.integer({ min: 0, max: 2 ** 31 }), fc.array(fc.nat(5), { minLength: 2, maxLength: 2 }))
  .map(([world, seed, kinds]) => ({
    ...world,
    seed,
    tasks: world.tasks.map((task, i) => ({ ...task, ...differing(task, kinds[i]!, world.accelerators!) })),
  }));

function differing(task: SmallTask, kind: number, accelerators: number): Partial<SmallTask> {
  const last = task.layersNs.length - 1;
  switch (kind) {
    case 0:
      return last === 0 ? {} : { skips: [{ firstLayer: last, endLayer: last + 1, probability: 0.5 }] };
    case 1:
      return last === 0 ? {} : { exits: [{ afterLayer: 0, probability: 0.5 }] };
    case 2:
      return {
        lighterNs: [task.layersNs.map(() => Array.from({ length: accelerators }, (_, a) => 2 + a))],
        switchPoints: last === 0 ? [] : [[1, 1]],
      };
    case 3:
      return { spreads: [{ kind: "uniform", plusMinus: 0.5 }] };
    case 4:
      return typeof task.release === "object" && task.release.kind === "after"
        ? { release: { ...task.release, probability: 0.5 } }
        : {};
    default:
      return {};
  }
}
