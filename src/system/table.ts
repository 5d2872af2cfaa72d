/** Measured costs: a CSV with a row for each layer or model, in the units of its header. */
import type { TableRow } from "../core/system.ts";
import { didYouMean } from "../input/closest.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { type CsvTable, parseCsv } from "../input/csv-table.ts";
import { type LoaderFiles, readText } from "../input/file-source.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import { costsNameOf, idsOf } from "./accelerator-entry.ts";
import { amount } from "./amount.ts";
import { LatencyReader, latencyColumns } from "./latency-columns.ts";
import type { AcceleratorFile, SystemFile } from "./system-file.ts";

/** Rows by accelerator id. */
export type Tables = ReadonlyMap<string, readonly TableRow[]>;

/** pJ in one unit. */
const energyUnits = { energyPj: 1, energyNj: 1e3, energyUj: 1e6, energyMj: 1e9 } as const;
/** Of loads of weights, likewise. */
const loadTimeUnits = { loadNs: 1, loadUs: 1e3, loadMs: 1e6 } as const;
const loadEnergyUnits = { loadPj: 1, loadNj: 1e3, loadUj: 1e6, loadMj: 1e9 } as const;
const energyColumns = Object.keys(energyUnits) as (keyof typeof energyUnits)[];
const loadTimeColumns = Object.keys(loadTimeUnits) as (keyof typeof loadTimeUnits)[];
const loadEnergyColumns = Object.keys(loadEnergyUnits) as (keyof typeof loadEnergyUnits)[];

const plainColumns = ["layer", "variant", "units", "tiles", "offChipBytes", "loadBytes"] as const;

/** Empty if no accelerator has table costs, or after problems. */
export function readTable(file: SystemFile, path: string, report: Report, files: LoaderFiles): Tables {
  const usesTable = file.accelerators.some((entry) => entry && costsNameOf(file, entry) === "table");
  if (file.table === undefined) {
    if (usesTable) report.problem([], "MISSING_KEY", 'costs: table needs "table", a CSV file', "key");
    return new Map();
  }
  if (!report.isSound(["table"])) return new Map();
  if (!usesTable) report.warning(["table"], "NO_EFFECT", "no accelerator has costs: table", "key");
  const csv = files.locate(file.table, path);
  const text = readText(csv, files, report.problems, report.at(["table"]), "csv");
  const optional = [...plainColumns, ...latencyColumns, ...energyColumns, ...loadTimeColumns, ...loadEnergyColumns];
  const columns = { required: ["model", "accelerator"], optional, others: "refused" } as const;
  const table = text === undefined ? undefined : parseCsv(csv, text, columns, report.problems);
  if (table === undefined) return new Map();
  warnOfGaps(table, report);
  return rowsOf(
    table,
    new LatencyReader(table, { path: csv, files, problems: report.problems }),
    targetsOf(file, report),
  );
}

/** A column of energies says that they are known; an empty cell is easily overlooked, and makes sums unknown. */
function warnOfGaps(table: CsvTable, report: Report): void {
  const column = energyColumns.find((each) => table.columns.includes(each));
  const gaps = column === undefined ? [] : table.rows.filter((row) => row.text(column) === undefined);
  const [first] = gaps;
  if (first === undefined) return;
  const message = `${column} is empty in ${gaps.length} of ${table.rows.length} rows, ${first.place} the first; energies of what runs there are not known (0 says that there is none)`;
  report.warning(["table"], "UNKNOWN_ENERGY", message);
}

/** An accelerator that rows can name, by its own id, by the id of an entry with a `count`, or by its title. */
interface Target {
  readonly ids: readonly string[];
  readonly entry: AcceleratorFile;
  readonly hasTable: boolean;
  /** The title of several entries. */
  readonly isAmbiguous?: true;
}

function targetsOf(file: SystemFile, report: Report): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  for (const [i, entry] of file.accelerators.entries()) {
    if (typeof entry !== "object" || entry === null) continue;
    const ids = idsOf(entry, report, i);
    const hasTable = costsNameOf(file, entry) === "table";
    if (ids.length > 0) targets.set(entry.id, { ids, entry, hasTable });
    for (const id of ids) targets.set(id, { ids: [id], entry, hasTable });
  }
  addTitles(targets, file);
  return targets;
}

/** A title names what its entry's id names. An id of the same text comes first. */
function addTitles(targets: Map<string, Target>, { accelerators }: SystemFile): void {
  const titled = new Map<string, Target>();
  for (const entry of accelerators) {
    const target = targets.get(entry?.id);
    const title = typeof entry?.title === "string" ? entry.title.trim() : undefined;
    if (target === undefined || title === undefined) continue;
    titled.set(title, titled.has(title) ? { ...target, isAmbiguous: true } : target);
  }
  for (const [title, target] of titled) if (!targets.has(title)) targets.set(title, target);
}

function rowsOf(table: CsvTable, latencies: LatencyReader, targets: ReadonlyMap<string, Target>): Tables {
  const energy = oneOf(table, energyColumns, "energy");
  const loadTime = oneOf(table, loadTimeColumns, "load time");
  const loadEnergy = oneOf(table, loadEnergyColumns, "load energy");
  const rows = new Map<string, TableRow[]>();
  const seen = new Set<string>();
  if (!latencies.hasColumns()) return rows;
  for (const [index, row] of table.rows.entries()) {
    const target = targetOf(row, targets);
    const costs = target && tableRowFrom(row, index, latencies, energy, target.entry);
    if (target === undefined || costs === undefined) continue;
    const tableRow = { ...costs, ...loadOf(row, loadTime, loadEnergy) };
    for (const id of target.ids) {
      const { model, variant, layer, units } = tableRow;
      const key = JSON.stringify([id, model, variant, units]);
      // Profiles of measured models repeat names of layers, and it takes the model to tell (cost-problems.ts).
      if (layer === undefined && seen.has(key))
        row.problem("model", "DUPLICATE_ID", `a row for the same work on ${id} is already given above`);
      if (layer === undefined) seen.add(key);
      const known = rows.get(id);
      if (known === undefined) rows.set(id, [tableRow]);
      else known.push(tableRow);
    }
  }
  return rows;
}

/** The one column of these that the table has. */
function oneOf<C extends string>(table: CsvTable, columns: readonly C[], what: string): C | undefined {
  const present = columns.filter((column) => table.columns.includes(column));
  if (present.length > 1) table.headerProblem("KEYS_EXCLUDE", `give one ${what} column, not ${present.join(" and ")}`);
  return present[0];
}

function targetOf(row: CsvRow, targets: ReadonlyMap<string, Target>): Target | undefined {
  const id = row.text("accelerator") ?? "";
  const target = targets.get(id);
  if (target === undefined)
    row.problem("accelerator", "UNKNOWN_NAME", `unknown accelerator ${quote(id)}${didYouMean(id, targets.keys())}`);
  else if (target.isAmbiguous)
    row.problem("accelerator", "UNKNOWN_NAME", `several accelerators have the title ${quote(id)}; give the id of one`);
  else if (!target.hasTable) row.problem("accelerator", "NO_EFFECT", `accelerator ${id} does not have costs: table`);
  return target;
}

function tableRowFrom(
  row: CsvRow,
  index: number,
  latencies: LatencyReader,
  energyColumn: keyof typeof energyUnits | undefined,
  { clockGHz = 1, units: allUnits = 1 }: AcceleratorFile,
): TableRow | undefined {
  const model = row.text("model");
  const variant = row.text("variant");
  const layer = row.text("layer");
  const units = row.number("units");
  const energy = energyColumn && amount(row, energyColumn);
  const tiles = row.number("tiles");
  const offChipBytes = amount(row, "offChipBytes");
  if (model === undefined) row.problem("model", "MISSING_KEY", "this row has no model");
  const latency = latencies.of(row, clockGHz);
  if (units !== undefined && (!Number.isInteger(units) || units < 1 || units > allUnits))
    row.problem("units", "TOO_BIG", `units must be a whole number from 1 to ${allUnits}, got ${units}`);
  if (tiles !== undefined && (!Number.isSafeInteger(tiles) || tiles < 1))
    row.problem("tiles", "NOT_WHOLE", `tiles must be a whole number of at least 1, got ${tiles}`);
  if (model === undefined || latency === undefined) return undefined;
  return {
    place: row.place,
    model,
    ...(variant !== undefined && { variant }),
    ...(layer !== undefined && { layer, index }),
    ...(units !== undefined && { units }),
    ...latency,
    ...(energy !== undefined && energyColumn && { energyPj: energy * energyUnits[energyColumn] }),
    ...(tiles !== undefined && { tiles }),
    ...(offChipBytes !== undefined && { offChipBytes }),
  };
}

/** What it takes to load the weights, as far as the row says. */
function loadOf(
  row: CsvRow,
  timeColumn: keyof typeof loadTimeUnits | undefined,
  energyColumn: keyof typeof loadEnergyUnits | undefined,
): Pick<TableRow, "loadNs" | "loadPj" | "loadBytes"> {
  const time = timeColumn && amount(row, timeColumn);
  const energy = energyColumn && amount(row, energyColumn);
  const loadBytes = amount(row, "loadBytes");
  return {
    ...(time !== undefined && timeColumn && { loadNs: time * loadTimeUnits[timeColumn] }),
    ...(energy !== undefined && energyColumn && { loadPj: energy * loadEnergyUnits[energyColumn] }),
    ...(loadBytes !== undefined && { loadBytes }),
  };
}
