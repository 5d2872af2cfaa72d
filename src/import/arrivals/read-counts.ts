/** Reads counts of invocations for each minute, as the Azure Functions trace has them, and makes times of them. */
import type { LeftOuts } from "../left-out.ts";
import type { Reporter } from "../reporter.ts";
import type { Arrival } from "./arrival.ts";
import type { TraceTable } from "./trace-table.ts";

/** Where the invocations of a minute lie: spread evenly, drawn uniformly, or all at its start. */
export type Within = "even" | "uniform" | "start";

export interface CountOptions {
  readonly within: Within;
  /** Of `uniform`. */
  readonly seed: number;
  /** Only minutes that begin in [from, to) are read, so that a long trace makes no more times than are used. */
  readonly fromNs: bigint;
  readonly toNs?: bigint;
  /** Only so many functions, those with most invocations. */
  readonly top?: number;
}

const minuteNs = 60_000_000_000n;
const nameColumn = "HashFunction";

/** Columns `1`, `2`, … are minutes. */
export const isMinute = (header: string): boolean => /^[1-9]\d*$/.test(header);

export function readCounts(
  table: TraceTable,
  options: CountOptions,
  file: string,
  reporter: Reporter,
  left: LeftOuts,
): readonly Arrival[] {
  const nameIndex = Math.max(0, table.header.indexOf(nameColumn));
  const minutes = table.header.flatMap((header, index) => {
    const startNs = isMinute(header) ? BigInt(Number(header) - 1) * minuteNs : undefined;
    if (startNs === undefined || startNs + minuteNs <= options.fromNs) return [];
    return options.toNs !== undefined && startNs >= options.toNs ? [] : [{ index, startNs }];
  });
  const functions: FunctionCounts[] = [];
  for (const row of table.rows) {
    const counts = minutes.map(({ index }) => countAt(row.cells[index] ?? "", () => row.place(index), reporter));
    const sum = counts.reduce((total, count) => total + count, 0);
    functions.push({ name: row.cells[nameIndex] ?? "", at: row.place(nameIndex), counts, sum });
  }
  const used = busiest(functions, options, file, left);
  const random = uniformNumbers(options.seed);
  return used.flatMap(({ name, at, counts }) =>
    counts.flatMap((count, i) =>
      timesWithin(count, options.within, random).map((ns) => ({ task: name, timeNs: minutes[i]!.startNs + ns, at })),
    ),
  );
}

interface FunctionCounts {
  readonly name: string;
  readonly at: Arrival["at"];
  readonly counts: readonly number[];
  readonly sum: number;
}

function countAt(text: string, place: () => Arrival["at"], reporter: Reporter): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (text !== "") reporter.report(place(), "NOT_WHOLE", `a count must be a whole number, got "${text}"`);
  return 0;
}

/** In the order of the file. */
function busiest(
  functions: readonly FunctionCounts[],
  { top = Number.POSITIVE_INFINITY }: CountOptions,
  file: string,
  left: LeftOuts,
): readonly FunctionCounts[] {
  const active = functions.filter(({ sum }) => sum > 0);
  for (const { at } of functions.filter(({ sum }) => sum === 0))
    left.add("function without invocations", "it has none in this time", file, at);
  const chosen = new Set([...active].sort((a, b) => b.sum - a.sum).slice(0, top));
  for (const each of active) {
    if (chosen.has(each)) continue;
    left.add("function", "it is not among those with most invocations (--top)", file, each.at);
    left.add(
      "invocation of these functions",
      "they are not among those with most invocations (--top)",
      file,
      each.at,
      each.sum,
    );
  }
  return active.filter((each) => chosen.has(each));
}

/** Ascending ns from the start of the minute. */
function timesWithin(count: number, within: Within, random: () => number): bigint[] {
  const indexes = Array.from({ length: count }, (_, i) => i);
  if (within === "start") return indexes.map(() => 0n);
  if (within === "even") return indexes.map((i) => (BigInt(2 * i + 1) * minuteNs) / BigInt(2 * count));
  const times = indexes.map(() => BigInt(Math.floor(random() * Number(minuteNs))));
  return times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Numbers in [0, 1) from a seed: mulberry32 by Tommy Ettinger (2017), public domain. */
function uniformNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
