/** Changes one accelerator of a system, or their number, within the ranges. */
import { type Draws, otherValue } from "./draws.ts";
import type { SystemGene } from "./genome.ts";
import type { AcceleratorFields, Ranges } from "./ranges/ranges.ts";

type Fields = readonly AcceleratorFields[];
type Change = (accelerators: Fields, ranges: Ranges, draws: Draws) => Fields | undefined;

/** undefined: nothing changes. */
export function mutateSystem(system: SystemGene, ranges: Ranges, draws: Draws): SystemGene | undefined {
  if (isMeasured(system, ranges.systems)) return undefined;
  const accelerators = acceleratorsOf(system, ranges.systems);
  // Ranges may leave only one of the changes.
  for (let left = changes; left.length > 0; ) {
    const change = draws.oneOf(left);
    const changed = change(accelerators, ranges, draws);
    if (changed !== undefined) return { ...system, accelerators: changed };
    left = left.filter((each) => each !== change);
  }
  return undefined;
}

/** Those of the file, unless others replace them. */
export const acceleratorsOf = (
  { path, accelerators }: SystemGene,
  systems: Ranges["systems"],
): readonly AcceleratorFields[] => accelerators ?? systems.find((each) => each.path === path)!.accelerators;

export const isMeasured = ({ path }: SystemGene, systems: Ranges["systems"]): boolean =>
  systems.find((each) => each.path === path)!.isMeasured;

const pes: Change = (accelerators, ranges, draws) => {
  const index = draws.index(accelerators.length);
  const { pes: now } = accelerators[index]!;
  const value = typeof now === "number" ? otherValue(ranges.pes, now, draws) : undefined;
  return value === undefined ? undefined : withFields(accelerators, index, { pes: value });
};

const dataflow: Change = (accelerators, { dataflows }, draws) => {
  const index = draws.index(accelerators.length);
  const { dataflow: now } = accelerators[index]!;
  const others = typeof now === "string" ? dataflows.filter((each) => each !== now) : [];
  return others.length === 0 ? undefined : withFields(accelerators, index, { dataflow: draws.oneOf(others) });
};

const withFields = (accelerators: Fields, index: number, fields: Readonly<Record<string, unknown>>): Fields =>
  accelerators.with(index, { ...accelerators[index]!, ...fields });

/** A copy of one that is there. */
const addOne: Change = (accelerators, ranges, draws) => {
  if (!ranges.accelerators.includes(accelerators.length + 1)) return undefined;
  const copied = draws.oneOf(accelerators);
  return [...accelerators, { ...copied, id: freeId(copied.id, accelerators) }];
};

const removeOne: Change = (accelerators, ranges, draws) => {
  if (!ranges.accelerators.includes(accelerators.length - 1)) return undefined;
  const index = draws.index(accelerators.length);
  return accelerators.filter((_, at) => at !== index);
};

const changes: readonly Change[] = [pes, pes, dataflow, addOne, removeOne];

/** `ws`, then `ws-2`, `ws-3`, … */
function freeId(id: string, accelerators: Fields): string {
  const base = id.replace(/-\d+$/, "");
  const taken = new Set(accelerators.map((each) => each.id));
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
