/** Words that tables, reports and messages share. */

/** `1 row`, `2 rows`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

export const MOST_NAMED = 20;

/** The first names, and the number of the others. */
export const firstOf = (names: readonly string[], most = MOST_NAMED): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;

interface CasePlace {
  readonly scenario: string;
  readonly system: string;
}

export const caseText = ({ scenario, system }: CasePlace): string => `${scenario} on ${system}`;

export const rowText = (place: CasePlace & { readonly scheduler: string }): string =>
  `${caseText(place)}: ${place.scheduler}`;

/** `seed 1`, `seeds 1 to 5`, `seeds 1, 4, 9`; at least one. */
export function seedsText(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  const isRow = seeds.every((seed, index) => seed === seeds[0]! + index);
  return isRow ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seeds ${seeds.join(", ")}`;
}

interface Times {
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
}

/** `, 2000 ms after 500 ms`; empty if neither is set. */
export function timesText({ durationMs, warmupMs }: Times): string {
  return `${durationMs === null ? "" : `, ${durationMs} ms`}${warmupMs === 0 ? "" : ` after ${warmupMs} ms`}`;
}
