/** Gives entries unique labels, and reports entries that describe the same points. */
import type { Report } from "../../../input/report.ts";
import { type ReadEntry, valueKey } from "./entry-reading.ts";
import type { Axis, Entry } from "./variants.ts";

/** Gives the unambiguous name of a file or scheduler. */
export type NameOfTarget = (target: string) => string;

/** Files and schedulers that share a name are labelled by their paths. */
export function withOwnLabels(entries: readonly ReadEntry[], nameOf: NameOfTarget): readonly ReadEntry[] {
  const targets = new Map<string, Set<string>>();
  for (const { label, target } of entries) targets.set(label, (targets.get(label) ?? new Set()).add(target));
  return entries.map((entry) => {
    return targets.get(entry.label)!.size === 1 ? entry : { ...entry, label: nameOf(entry.target) };
  });
}

/** Drops entries of a suite that are also given elsewhere. Reports all other duplicates. */
export function distinctEntries(entries: readonly ReadEntry[], what: string): readonly Entry[] {
  const kept: ReadEntry[] = [];
  for (const entry of entries) {
    const twin = kept.findIndex((each) => overlap(each, entry));
    if (twin < 0) kept.push(entry);
    else if (isSame(kept[twin]!, entry) && entry.origin === "suite") continue;
    else if (isSame(kept[twin]!, entry) && kept[twin]!.origin === "suite") kept[twin] = { ...entry };
    else reportTwin(entry.report, what, entry.label);
  }
  return kept;
}

const reportTwin = (report: Report, what: string, label: string): void =>
  report.problem([], "DUPLICATE_ID", `${what} "${label}" with the same values is already given above`);

/** Whether the two entries have a variant in common. */
const overlap = (a: Entry, b: Entry): boolean =>
  matches(a, b, (one, other) => [...one].some((value) => other.has(value)));

const isSame = (a: Entry, b: Entry): boolean =>
  matches(a, b, (one, other) => one.size === other.size && [...one].every((value) => other.has(value)));

type Test = (a: ReadonlySet<string>, b: ReadonlySet<string>) => boolean;

function matches(a: Entry, b: Entry, test: Test): boolean {
  if (a.target !== b.target || a.axes.length !== b.axes.length) return false;
  return a.axes.every((axis) => {
    const other = b.axes.find(({ key }) => key === axis.key);
    return other !== undefined && test(valueKeys(axis), valueKeys(other));
  });
}

const valueKeys = ({ values }: Axis): ReadonlySet<string> => new Set(values.map(valueKey));
