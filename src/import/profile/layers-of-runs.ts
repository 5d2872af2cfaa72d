/** Layers of a network that ran several times: each with its times in all runs. */
import { timeOf } from "../measured.ts";
import type { ProfileLayer } from "./profile.ts";

/** What a run did, in its order. */
export interface RunStep {
  readonly name: string;
  readonly durationNs: number;
  readonly accelerator?: string;
}

interface Column {
  readonly step: RunStep;
  /** By run. */
  readonly samplesNs: (number | undefined)[];
}

/**
 * The n-th step of a name is the same layer in each run. A layer that some runs lack stands behind its predecessor; where
 * it did not run it took 0 ns, and `partial` counts it.
 */
export function layersOfRuns(runs: readonly (readonly RunStep[])[]): {
  readonly layers: readonly ProfileLayer[];
  readonly partial: number;
} {
  const columns = new Map<string, Column>();
  const order: string[] = [];
  runs.forEach((steps, runIndex) => {
    const counts = new Map<string, number>();
    let place = -1;
    for (const step of steps) {
      const name = `${step.accelerator}\n${step.name}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const key = `${count}\n${name}`;
      let column = columns.get(key);
      if (column === undefined) {
        column = { step, samplesNs: runs.map(() => undefined) };
        columns.set(key, column);
        if (runIndex === 0) order.push(key);
        else order.splice(place + 1, 0, key);
      }
      column.samplesNs[runIndex] = step.durationNs;
      place = runIndex === 0 ? order.length - 1 : order.indexOf(key, Math.max(0, place));
    }
  });
  const sorted = order.map((key) => columns.get(key)!);
  const isPartial = ({ samplesNs }: Column) => samplesNs.includes(undefined);
  return { layers: sorted.map(layerOf), partial: sorted.filter(isPartial).length };
}

const layerOf = ({ step: { name, accelerator }, samplesNs }: Column): ProfileLayer => ({
  name,
  time: timeOf(samplesNs.map((ns) => ns ?? 0)),
  ...(accelerator === undefined ? {} : { accelerator }),
});
