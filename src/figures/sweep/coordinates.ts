/** The coordinates of a sweep's groups, as axes and names. */
import { significant } from "../../output/number-text.ts";
import type { Coordinates, SweepGroup, SweepReport } from "../../records/sweep-report.ts";

/** Coordinates that differ between groups. */
export const varied = ({ coordinateNames, constant }: SweepReport): readonly string[] =>
  coordinateNames.filter((name) => !(name in constant));

/** Of them, those that are a number wherever a group has them, with at least two values. */
export const numeric = (report: SweepReport): readonly string[] =>
  varied(report).filter((name) => {
    const values = valuesOf(report.groups, name);
    return values.length > 1 && values.every((value) => typeof value === "number");
  });

/** Distinct values, without those of groups that lack the coordinate; numbers ascending, others as they come. */
export function valuesOf(groups: readonly SweepGroup[], name: string): readonly unknown[] {
  const values = [...new Set(groups.map(({ coordinates }) => coordinates[name]))].filter((value) => value != null);
  return values.every((value) => typeof value === "number") ? values.sort((a, b) => Number(a) - Number(b)) : values;
}

/** Such as `dream, alpha 1`, of the given coordinates; `all` if there are none. */
export function nameOf(coordinates: Coordinates, names: readonly string[]): string {
  const parts = names.flatMap((name) => {
    const value = coordinates[name];
    if (value === undefined || value === null) return [];
    return typeof value === "number" || typeof value === "boolean"
      ? [`${name} ${valueText(value)}`]
      : [valueText(value)];
  });
  return parts.length === 0 ? "all" : parts.join(", ");
}

export const valueText = (value: unknown): string =>
  typeof value === "number"
    ? String(Number(significant(value)))
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

/** Groups that agree in these coordinates, in the order of their first. */
export function grouped(groups: readonly SweepGroup[], names: readonly string[]): readonly (readonly SweepGroup[])[] {
  const found = new Map<string, SweepGroup[]>();
  for (const group of groups) {
    const key = JSON.stringify(names.map((name) => group.coordinates[name] ?? null));
    const own = found.get(key);
    if (own === undefined) found.set(key, [group]);
    else own.push(group);
  }
  return [...found.values()];
}
