/** What the columns of a CSV mean: by their own names, as a known tool writes them, or as the user says. */
import { nameHint } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";

/** Cycles become ns by a clock. */
export const latencyUnits = { latencyNs: 1, latencyUs: 1e3, latencyMs: 1e6, latencyS: 1e9, latencyCycles: 1 } as const;
export const energyUnits = { energyPj: 1, energyNj: 1e3, energyUj: 1e6, energyMj: 1e9 } as const;
export type LatencyColumn = keyof typeof latencyUnits;
export type EnergyColumn = keyof typeof energyUnits;

export const latencyColumns = Object.keys(latencyUnits) as readonly LatencyColumn[];
export const energyColumns = Object.keys(energyUnits) as readonly EnergyColumn[];

/** What a column may mean. */
export const csvMeanings: readonly string[] = [
  ...["model", "accelerator", "layer", "run"],
  ...latencyColumns,
  ...energyColumns,
];

/** Columns by meaning. */
export type Columns = ReadonlyMap<string, string>;

/** As the user maps them, then as the tool has them, then by their own names. Throws RequestError for other meanings. */
export function columnsOf(header: readonly string[], mapped: Columns = new Map(), known: Columns = new Map()): Columns {
  for (const meaning of mapped.keys())
    if (!csvMeanings.includes(meaning))
      throw new RequestError(`--columns: "${meaning}" is no meaning of a column${nameHint(meaning, csvMeanings)}`);
  const own = new Map(csvMeanings.filter((meaning) => header.includes(meaning)).map((meaning) => [meaning, meaning]));
  return [known, mapped].reduce(merged, own);
}

/** One latency and one energy: those of `over`. */
function merged(under: Columns, over: Columns): Columns {
  const isKept = (meaning: string) =>
    [latencyColumns, energyColumns].every(
      (units: readonly string[]) => !units.includes(meaning) || !units.some((unit) => over.has(unit)),
    );
  return new Map([...[...under].filter(([meaning]) => isKept(meaning)), ...over]);
}
