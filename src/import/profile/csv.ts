/** Reads a CSV of times, whichever separator it has: the columns of a known tool, or those that the user maps. */
import { type CsvRecord, csvRecords } from "../../input/csv-records.ts";
import type { CsvRow } from "../../input/csv-row.ts";
import { type CsvTable, parseCsv } from "../../input/csv-table.ts";
import { decimal } from "../../input/decimal.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { type Separator, separatorOf } from "../cells.ts";
import { DecimalCommas } from "../decimal-commas.ts";
import type { LeftOut, SourceFile } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { type MeasuredTime, timeOf } from "../measured.ts";
import {
  type Columns,
  columnsOf,
  type EnergyColumn,
  energyColumns,
  energyUnits,
  type LatencyColumn,
  latencyColumns,
  latencyUnits,
} from "./csv-columns.ts";
import { type KnownTable, knownTable } from "./known-tables.ts";
import type { Profile, ProfileLayer, ReadOptions } from "./profile.ts";

/** Whether a text has the header of a known tool. */
export const isKnownCsv = (text: string): boolean => knownTable(headerOf(text, separatorOf(text))) !== undefined;

/** One profile for each model and accelerator that the file names. */
export function readCsv({ file, text }: SourceFile, problems: ProblemList, options: ReadOptions): readonly Profile[] {
  const plain = text.replace(/^\uFEFF/, "");
  const separator = separatorOf(plain);
  const header = headerOf(plain, separator);
  const known = knownTable(header);
  const columns = columnsOf(header, options.columns, known?.columns);
  const required = [...new Set([...(options.columns ?? new Map<string, string>()).values()])];
  const table = parseCsv(file, plain, { required, optional: [], others: "ignored", separator }, problems);
  if (table === undefined) return [];
  const latency = only(table, columns, latencyColumns);
  const energy = only(table, columns, energyColumns);
  if (latency === undefined) {
    const message = `no column is a latency; say which one is: --columns latencyMs=<column> (or ${latencyColumns.join(", ")})`;
    table.headerProblem("MISSING_COLUMN", message);
    return [];
  }
  if (table.rows.length === 0) table.headerProblem("EMPTY_FILE", "there is no row below the header");
  const left = new LeftOuts();
  const reader = new RowReader({
    columns,
    latency,
    energy,
    separator,
    known,
    clockGHz: clockOf(latency, file, options),
  });
  const taken = layerRows(table, known, file, left);
  if (taken.length === 0 && table.rows.length > 0) table.headerProblem("EMPTY_FILE", noneTaken(left));
  const rows = taken.flatMap(({ row, part }) => reader.row(row, part) ?? []);
  const ignored = table.columns.filter((name) => name !== "" && ![...columns.values()].includes(name));
  const other = [...left.list(), ...(known === undefined ? ignored.map(leftColumn) : [])];
  const isSorted = known?.isSorted?.(header) ?? false;
  const hints = isSorted ? ["layers stand by their times, not in the order of the run; average_counters has that"] : [];
  const groups = groupsOf(isSorted ? inFirstOrder(rows) : rows);
  const tool = known === undefined ? {} : { tool: known.title };
  return groups.map((group, i) => ({ ...profileOf(file, group, i === 0 ? other : [], hints, options), ...tool }));
}

const noneTaken = (left: LeftOuts): string =>
  `no row is taken: ${left
    .list()
    .map(({ what, why }) => `${what} (${why})`)
    .join(", ")}`;

function headerOf(text: string, separator: Separator): readonly string[] {
  const records = csvRecords(text, separator);
  return "message" in records ? [] : namesOf(records[0]);
}

const namesOf = (record: CsvRecord | undefined): readonly string[] => (record?.cells ?? []).map((cell) => cell.trim());

function only<Meaning extends string>(
  table: CsvTable,
  columns: Columns,
  meanings: readonly Meaning[],
): Meaning | undefined {
  const present = meanings.filter((meaning) => columns.has(meaning));
  if (present.length > 1) table.headerProblem("KEYS_EXCLUDE", `give one of ${present.join(" and ")} (--columns)`);
  return present[0];
}

/** Throws RequestError if cycles have none. */
function clockOf(latency: LatencyColumn, file: string, { clockGHz }: ReadOptions): number {
  if (latency !== "latencyCycles") return 1;
  if (clockGHz === undefined) throw new RequestError(`${file} has cycles; say how long one is: --clock-ghz <GHz>`);
  return clockGHz;
}

const leftColumn = (column: string): LeftOut => ({
  what: `column ${JSON.stringify(column)}`,
  count: 1,
  why: "it has no meaning here (--columns)",
});

/** Rows without those of the tool that are no layers. A header in the middle begins another part. */
function layerRows(
  { rows, columns }: CsvTable,
  known: KnownTable | undefined,
  file: string,
  left: LeftOuts,
): readonly { readonly row: CsvRow; readonly part: number }[] {
  let [part, ends] = [0, 0];
  const own = rows.flatMap((row) => {
    if (known !== undefined && columns.every((name) => (row.text(name) ?? "") === name)) {
      part += 1;
      return [];
    }
    const other = known?.notLayer?.(row);
    if (other !== undefined) left.add(...other, file);
    if (other !== undefined && other[0] === known?.end) ends += 1;
    return other === undefined ? [{ row, part }] : [];
  });
  if (known?.end !== undefined && ends <= part)
    rows.at(-1)?.problem(columns[0]!, "PROFILE_SYNTAX", `a table ends without its sum; is the report whole?`);
  return own;
}

/** Further runs in the order of the first. */
function inFirstOrder(rows: readonly Row[]): readonly Row[] {
  const places = new Map<string | undefined, number>();
  for (const { layer } of rows) if (!places.has(layer)) places.set(layer, places.size);
  const partOf = ({ run }: Row) => Number(run ?? 0);
  return rows.toSorted((a, b) => partOf(a) - partOf(b) || places.get(a.layer)! - places.get(b.layer)!);
}

interface Row {
  readonly model: string | undefined;
  readonly accelerator: string | undefined;
  readonly layer: string | undefined;
  readonly run: string | undefined;
  readonly latencyNs: number;
  readonly energyPj: number | undefined;
}

interface RowForm {
  readonly columns: Columns;
  readonly latency: LatencyColumn;
  readonly energy: EnergyColumn | undefined;
  readonly separator: Separator;
  readonly known: KnownTable | undefined;
  readonly clockGHz: number;
}

class RowReader {
  readonly #form: RowForm;
  readonly #commas: DecimalCommas;

  constructor(form: RowForm) {
    this.#form = form;
    this.#commas = new DecimalCommas(form.separator);
  }

  /** Undefined after a problem. */
  row(row: CsvRow, part: number): Row | undefined {
    const { columns, latency, energy, known, clockGHz } = this.#form;
    const text = (meaning: string) => (columns.has(meaning) ? row.text(columns.get(meaning)!) : undefined);
    const column = columns.get(latency)!;
    const time = this.#amount(row, column);
    const work = energy === undefined ? undefined : this.#amount(row, columns.get(energy)!);
    if (row.text(column) === undefined)
      row.problem(column, "MISSING_KEY", `this row has no ${column}; remove it, or fill it in`);
    if (time === undefined) return undefined;
    const layer = text("layer") ?? (known?.unnamed === undefined ? undefined : row.text(known.unnamed));
    return {
      model: text("model"),
      accelerator: text("accelerator") ?? known?.accelerator,
      layer,
      run: text("run") ?? (known?.further === "runs" ? String(part) : undefined),
      latencyNs: (time * latencyUnits[latency]) / clockGHz,
      energyPj: work === undefined ? undefined : work * energyUnits[energy!],
    };
  }

  #amount(row: CsvRow, column: string): number | undefined {
    const text = row.text(column) ?? "";
    const pointed = this.#commas.pointed(text, (message) => row.problem(column, "WRONG_TYPE", message));
    const value = pointed === text ? row.number(column) : decimal(pointed);
    if (value === undefined || value >= 0) return value;
    row.problem(column, "NEGATIVE", `${column} must be 0 or more, got ${value}`);
    return undefined;
  }
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

function profileOf(
  file: string,
  rows: readonly Row[],
  left: readonly LeftOut[],
  hints: readonly string[],
  options: ReadOptions,
): Profile {
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
    hints: runs.length > 1 ? hints : [...hints, ...repeatHint(rows)],
    left,
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
