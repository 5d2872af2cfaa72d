/**
 * Measured models: a profile is the model, so its layers are those that the rows of the tables name, in the order of the
 * rows.
 */
import type { Model, Variant } from "../core/model.ts";
import type { System, TableCosts, TableRow } from "../core/system.ts";
import { measurementsOf, rowsFor } from "./table.ts";

/** The layers of a variant as the tables of a system name them. */
export interface Profile {
  /** Unique. Profilers repeat names: the second row of `Relu` on an accelerator is the layer `Relu (2)`. */
  readonly layerNames: readonly string[];
  /** Undefined if the accelerator has no row for the layer at this number of its units. */
  rowOf(acceleratorIndex: number, units: number, layerName: string): TableRow | undefined;
  /** Where accelerators contradict each other's order; undefined if they agree. */
  readonly contradiction: Contradiction | undefined;
}

/** A layer that comes before another on one accelerator, and behind it on others. */
export interface Contradiction {
  readonly layerName: string;
  readonly otherName: string;
  readonly row: TableRow;
}

/** Without layers where no row names one, and for a model that has layers of its own. */
export function profileOf(model: Model, variant: Variant, system: System): Profile {
  if (variant.layers.length > 0) return noProfile;
  const sequences = system.accelerators.flatMap(({ costs, units }, acceleratorIndex) =>
    costs.kind === "table" ? sequencesOf(costs, units, acceleratorIndex, model, variant) : [],
  );
  const order = orderOf(sequences);
  const bySize = new Map(sequences.map((each) => [sizeKey(each.acceleratorIndex, each.units), each.rows]));
  return {
    layerNames: order.layerNames,
    contradiction: order.contradiction,
    rowOf: (acceleratorIndex, units, layerName) => bySize.get(sizeKey(acceleratorIndex, units))?.get(layerName),
  };
}

/** Whether a variant is one piece for all accelerators: one of them has only its whole cost, or there are no layers. */
export function isMeasuredWhole(model: Model, variant: Variant, profile: Profile, { accelerators }: System): boolean {
  if (variant.layers.length + profile.layerNames.length === 0) return true;
  return accelerators.some(({ costs, units }) => {
    if (costs.kind !== "table") return false;
    const { hasWholeModel, hasLayers } = measurementsOf(costs, units, model, variant);
    return hasWholeModel && !hasLayers;
  });
}

const noProfile: Profile = { layerNames: [], contradiction: undefined, rowOf: () => undefined };

const sizeKey = (acceleratorIndex: number, units: number): string => `${acceleratorIndex} ${units}`;

/** The layers of an accelerator at one number of its units, in order, with their rows. */
interface Sequence {
  readonly acceleratorIndex: number;
  readonly units: number;
  readonly rows: ReadonlyMap<string, TableRow>;
}

/** One for each number of units that has rows of layers. */
function sequencesOf(
  costs: TableCosts,
  allUnits: number,
  acceleratorIndex: number,
  model: Model,
  variant: Variant,
): Sequence[] {
  const bySize = new Map<number, TableRow[]>();
  for (const row of rowsFor(costs, allUnits, model, variant)) {
    if (row.layer === undefined) continue;
    const units = row.units ?? allUnits;
    const known = bySize.get(units);
    if (known === undefined) bySize.set(units, [row]);
    else known.push(row);
  }
  return [...bySize].map(([units, rows]) => ({ acceleratorIndex, units, rows: namedRows(rows) }));
}

function namedRows(rows: readonly TableRow[]): ReadonlyMap<string, TableRow> {
  const named = new Map<string, TableRow>();
  const counts = new Map<string, number>();
  const written = new Set(rows.map(({ layer }) => layer!));
  for (const row of rows) {
    const layer = row.layer!;
    let count = (counts.get(layer) ?? 0) + 1;
    // A profiler may itself call a layer `Relu (2)`.
    while (count > 1 && written.has(`${layer} (${count})`)) count += 1;
    counts.set(layer, count);
    named.set(count === 1 ? layer : `${layer} (${count})`, row);
  }
  return named;
}

type Order = Pick<Profile, "layerNames" | "contradiction">;

/**
 * One order that keeps every accelerator's own. What these leave open (layers of unlike accelerators) is in the order of
 * the table's rows.
 */
function orderOf(sequences: readonly Sequence[]): Order {
  const before = new Map<string, string[]>();
  const firstRow = new Map<string, TableRow>();
  for (const { rows } of sequences) {
    let last: string | undefined;
    for (const [name, row] of rows) {
      if (!before.has(name)) before.set(name, []);
      if (last !== undefined) before.get(name)!.push(last);
      if (placeOf(row) < placeOf(firstRow.get(name))) firstRow.set(name, row);
      last = name;
    }
  }
  const names = [...before.keys()];
  names.sort((a, b) => placeOf(firstRow.get(a)) - placeOf(firstRow.get(b)));
  return inOrder(names, before, firstRow);
}

/** Rows that no table gives are in the order of the accelerators. */
const placeOf = (row: TableRow | undefined): number => (row === undefined ? Infinity : (row.index ?? 0));

/** Each name behind all that must come before it. Without recursion, because a chain may be as long as a model. */
function inOrder(
  names: readonly string[],
  before: ReadonlyMap<string, readonly string[]>,
  firstRow: ReadonlyMap<string, TableRow>,
): Order {
  const placed = new Set<string>();
  for (const name of names) {
    const waiting = [name];
    const isWaiting = new Set(waiting);
    while (waiting.length > 0) {
      const next = waiting.at(-1)!;
      const missing = before.get(next)!.find((each) => !placed.has(each));
      if (missing === undefined) {
        placed.add(next);
        waiting.pop();
      } else if (isWaiting.has(missing)) {
        const contradiction = { layerName: next, otherName: missing, row: firstRow.get(next)! };
        return { layerNames: names, contradiction };
      } else {
        waiting.push(missing);
        isWaiting.add(missing);
      }
    }
  }
  return { layerNames: [...placed], contradiction: undefined };
}
