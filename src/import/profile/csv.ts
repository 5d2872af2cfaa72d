/** Reads a CSV of times; the user says which column means what. */
import { nameHint } from "../../input/closest.ts";
import { csvRecords } from "../../input/csv-records.ts";
import type { CsvRow } from "../../input/csv-row.ts";
import { type CsvTable, parseCsv } from "../../input/csv-table.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import type { SourceFile } from "../imported.ts";
import { type MeasuredTime, timeOf } from "../measured.ts";
import type { Profile, ProfileLayer, ReadOptions } from "./profile.ts";

const latencyUnits = { latencyNs: 1, latencyUs: 1e3, latencyMs: 1e6, latencyS: 1e9 } as const;
const energyUnits = { energyPj: 1, energyNj: 1e3, energyUj: 1e6, energyMj: 1e9 } as const;
type LatencyColumn = keyof typeof latencyUnits;
type EnergyColumn = keyof typeof energyUnits;

/** What a column may mean. */
export const csvMeanings: readonly string[] = [
  ...["model", "accelerator", "layer", "run"],
  ...Object.keys(latencyUnits),
  ...Object.keys(energyUnits),
];

/** One profile for each model and accelerator that the file names. */
export function readCsv({ file, text }: SourceFile, problems: ProblemList, options: ReadOptions): readonly Profile[] {
  const plain = text.replace(/^\uFEFF/, "");
  const columns = columnsOf(plain, options.columns);
  const required = [...(options.columns ?? new Map<string, string>()).values()];
  const table = parseCsv(file, plain, { required, optional: [], others: "ignored" }, problems);
  if (table === undefined) return [];
  const latency = only(table, columns, Object.keys(latencyUnits) as LatencyColumn[]);
  const energy = only(table, columns, Object.keys(energyUnits) as EnergyColumn[]);
  if (latency === undefined) {
    const message = `no column is a latency; say which one is: --columns latencyMs=<column> (or ${Object.keys(latencyUnits).join(", ")})`;
    table.headerProblem("MISSING_COLUMN", message);
    return [];
  }
  if (table.rows.length === 0) table.headerProblem("EMPTY_FILE", "there is no row below the header");
  const rows = table.rows.flatMap((row) => rowOf(row, columns, latency, energy) ?? []);
  const ignored = table.columns.filter((name) => ![...columns.values()].includes(name));
  return groupsOf(rows).map((group, i) => profileOf(file, group, i === 0 ? ignored : [], options));
}

/** Columns by meaning: as mapped, and by their own names. */
function columnsOf(text: string, mapped: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  for (const meaning of mapped.keys())
    if (!csvMeanings.includes(meaning))
      throw new RequestError(`--columns: "${meaning}" is no meaning of a column${nameHint(meaning, csvMeanings)}`);
  const records = csvRecords(text);
  const header = "message" in records ? [] : (records[0]?.cells ?? []).map((cell) => cell.trim());
  const hasLatency = [...mapped.keys()].some((meaning) => meaning in latencyUnits);
  const own = csvMeanings.filter(
    (meaning) => header.includes(meaning) && !mapped.has(meaning) && !(hasLatency && meaning in latencyUnits),
  );
  return new Map([...own.map((meaning) => [meaning, meaning] as const), ...mapped]);
}

function only<Meaning extends string>(
  table: CsvTable,
  columns: ReadonlyMap<string, string>,
  meanings: readonly Meaning[],
): Meaning | undefined {
  const present = meanings.filter((meaning) => columns.has(meaning));
  if (present.length > 1) table.headerProblem("KEYS_EXCLUDE", `give one of ${present.join(" and ")} (--columns)`);
  return present[0];
}

interface Row {
  readonly model: string | undefined;
  readonly accelerator: string | undefined;
  readonly layer: string | undefined;
  readonly run: string | undefined;
  readonly latencyNs: number;
  readonly energyPj: number | undefined;
}

function rowOf(
  row: CsvRow,
  columns: ReadonlyMap<string, string>,
  latency: LatencyColumn,
  energy: EnergyColumn | undefined,
): Row | undefined {
  const text = (meaning: string) => (columns.has(meaning) ? row.text(columns.get(meaning)!) : undefined);
  const time = amount(row, columns.get(latency)!);
  const work = energy === undefined ? undefined : amount(row, columns.get(energy)!);
  if (row.text(columns.get(latency)!) === undefined)
    row.problem(
      columns.get(latency)!,
      "MISSING_KEY",
      `this row has no ${columns.get(latency)}; remove it, or fill it in`,
    );
  if (time === undefined) return undefined;
  return {
    model: text("model"),
    accelerator: text("accelerator"),
    layer: text("layer"),
    run: text("run"),
    latencyNs: time * latencyUnits[latency],
    energyPj: work === undefined ? undefined : work * energyUnits[energy!],
  };
}

function amount(row: CsvRow, column: string): number | undefined {
  const value = row.number(column);
  if (value === undefined || value >= 0) return value;
  row.problem(column, "NEGATIVE", `${column} must be 0 or more, got ${value}`);
  return undefined;
}

/** By model and accelerator, in the order of the rows. */
function groupsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.accelerator]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()];
}

function profileOf(file: string, rows: readonly Row[], ignored: readonly string[], options: ReadOptions): Profile {
  const [first] = rows;
  const { model, accelerator } = first!;
  const layers = rows.filter(({ layer }) => layer !== undefined);
  if (layers.length > 0 && layers.length < rows.length)
    throw new RequestError(
      `${file}: some rows of ${model ?? "the model"} name a layer and some do not; remove those of the whole`,
    );
  const runs = (layers.length === 0 ? rows.map((row) => [row]) : runsOf(file, rows, options)).slice(
    options.warmup ?? 0,
  );
  if (runs.length === 0) throw new RequestError(`${file}: --warmup ${options.warmup} leaves no run`);
  return {
    file,
    format: "csv",
    layers: layers.length === 0 ? [] : layersOf(runs, accelerator),
    ...(layers.length === 0 ? { whole: timeOf(runs.map(([row]) => row!.latencyNs)) } : {}),
    ...(layers.length === 0 ? energyOf(runs.map(([row]) => row!)) : {}),
    ...(model === undefined ? {} : { model }),
    ...(accelerator === undefined ? {} : { accelerator }),
    runs: runs.length,
    remarks: runs.length > 1 ? [`${runs.length} runs`] : [],
    hints: runs.length > 1 ? [] : repeatHint(rows),
    left: ignored.map((column) => ({
      what: `column ${JSON.stringify(column)}`,
      count: 1,
      why: "it has no meaning here (--columns)",
    })),
  };
}

/** Rows of a run stand together, in the order of the layers. */
function runsOf(file: string, rows: readonly Row[], { repeats = "layers" }: ReadOptions): readonly (readonly Row[])[] {
  if (rows.some(({ run }) => run !== undefined)) {
    const byRun = new Map<string, Row[]>();
    for (const row of rows) byRun.set(row.run ?? "", [...(byRun.get(row.run ?? "") ?? []), row]);
    return sameLayers(file, [...byRun.values()]);
  }
  if (repeats === "layers") return [rows];
  const length = periodOf(rows);
  const count = Math.ceil(rows.length / length);
  return sameLayers(
    file,
    Array.from({ length: count }, (_, i) => rows.slice(i * length, (i + 1) * length)),
  );
}

/** Up to the second row of the first layer. */
const periodOf = (rows: readonly Row[]): number => {
  const second = rows.findIndex(({ layer }, i) => i > 0 && layer === rows[0]!.layer);
  return second < 0 ? rows.length : second;
};

function sameLayers(file: string, runs: readonly (readonly Row[])[]): readonly (readonly Row[])[] {
  const namesOf = (rows: readonly Row[]) => rows.map(({ layer }) => layer).join("\n");
  const odd = runs.findIndex((rows) => namesOf(rows) !== namesOf(runs[0]!));
  if (odd < 0) return runs;
  throw new RequestError(`${file}: run ${odd + 1} has other layers than the first, or in another order`);
}

function layersOf(runs: readonly (readonly Row[])[], accelerator: string | undefined): readonly ProfileLayer[] {
  return runs[0]!.map(({ layer }, i) => ({
    name: layer!,
    time: timeOf(runs.map((rows) => rows[i]!.latencyNs)) satisfies MeasuredTime,
    ...energyOf(runs.map((rows) => rows[i]!)),
    ...(accelerator === undefined ? {} : { accelerator }),
  }));
}

/** The mean; unknown if a run does not say it. */
function energyOf(rows: readonly Row[]): { readonly energyPj?: number } {
  const energies = rows.flatMap(({ energyPj }) => energyPj ?? []);
  if (energies.length < rows.length) return {};
  return { energyPj: energies.reduce((sum, pj) => sum + pj, 0) / energies.length };
}

/** Names that repeat in one order look like runs. */
function repeatHint(rows: readonly Row[]): readonly string[] {
  const length = periodOf(rows);
  const isCycle =
    length < rows.length &&
    rows.length % length === 0 &&
    rows.every(({ layer }, i) => layer === rows[i % length]!.layer);
  return isCycle
    ? [`the same ${length} names occur ${rows.length / length} times in a row; if these are runs: --repeats runs`]
    : [];
}
