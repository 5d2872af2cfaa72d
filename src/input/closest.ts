/** "Did you mean": the known name nearest to a written one. */

/** The nearest of `names` by edit distance, if it is near enough for a typo (a third of the length). */
export function closest(written: string, names: Iterable<string>): string | undefined {
  const asked = written.toLowerCase();
  let best: string | undefined;
  let least = Math.floor((Math.min(asked.length, 60) + 1) / 3) + 1;
  for (const name of names) {
    if (Math.abs(name.length - asked.length) >= least) continue;
    const distance = editDistance(asked, name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing if no name is near. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const name = closest(written, names);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}

/** The same, or else all names as `; known: x, y`; nothing if there are none. */
export function nameHint(written: string, names: readonly string[]): string {
  return didYouMean(written, names) || (names.length === 0 ? "" : `; known: ${names.join(", ")}`);
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, substituted);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, beforeLast[j - 2]! + 1);
      row.push(distance);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
