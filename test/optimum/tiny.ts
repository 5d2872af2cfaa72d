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
