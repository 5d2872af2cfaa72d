/** Seeds in words. */

/** `seed 1`, `seeds 1 to 5`, `seeds 1, 4, 9`; at least one. */
export function seedsText(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  const isRow = seeds.every((seed, index) => seed === seeds[0]! + index);
  return isRow ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seeds ${seeds.join(", ")}`;
}
