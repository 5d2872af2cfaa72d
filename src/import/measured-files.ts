/** Writes measured times: models, one table of costs, the system that has it, and a scenario if rates are known. */
import type { MeasuredTotal, ModelTotals } from "../records/import-report.ts";
import { csvFile } from "./csv-file.ts";
import { distinctNames, fileName, idsOf, kebabCase } from "./ids.ts";
import type { ImportedFile, ImportOptions } from "./imported.ts";
import {
  cvOf,
  layerCount,
  type MeasuredModel,
  type MeasuredRow,
  type MeasuredSet,
  type MeasuredTask,
  msOf,
} from "./measured.ts";
import { onOneLine, yamlFile } from "./yaml-file.ts";

/** Long enough for rates that share no period, and simulated in a moment. */
const durationMs = 10_000;

export interface MeasuredFiles {
  readonly files: readonly ImportedFile[];
  readonly totals: readonly ModelTotals[];
}

/** The ids of everything that has one. */
interface Names {
  readonly models: readonly string[];
  readonly system: string;
  readonly scenario: string;
  /** By title. */
  readonly accelerators: ReadonlyMap<string, string>;
}

/** Accelerators and models keep the order in which rows name them. */
export function measuredFiles(set: MeasuredSet, options: ImportOptions): MeasuredFiles {
  const names = namesOf(set);
  const written = set.models.flatMap((model, i) => (model.network === undefined ? [{ model, i }] : []));
  const samples = sampleFiles(set, names);
  const table = tableFile(set, names, samples.nameOf);
  const scenario = set.tasks.length === 0 ? [] : [scenarioFile(set, names, options)];
  return {
    files: [
      ...written.map(({ model, i }) => modelFile(model, names.models[i]!, set, options)),
      ...samples.files,
      table,
      systemFile(set, names, options),
      ...scenario,
    ],
    totals: set.models.map((model, i) => totalsOf(model, names.models[i]!, names)),
  };
}

function namesOf({ models, systemTitle, scenarioTitle }: MeasuredSet): Names {
  const joined = models.flatMap(({ network }) => network?.name ?? []);
  const free = models.flatMap(({ title, network }) => (network === undefined ? [title] : []));
  const ids = idsOf(free, "model", joined);
  const modelIds = models.map(({ network }) => network?.name ?? ids.shift()!);
  const [system = ""] = distinctNames([kebabCase(systemTitle, "system")], modelIds);
  const wished = kebabCase(scenarioTitle, "scenario");
  const isTaken = [...modelIds, system].includes(wished);
  const [scenario = ""] = distinctNames([isTaken ? `${wished}-scenario` : wished], [...modelIds, system]);
  const titles = [...new Set(models.flatMap(({ rows }) => rows.map(({ accelerator }) => accelerator)))];
  const acceleratorIds = idsOf(titles, "accelerator");
  return {
    models: modelIds,
    system,
    scenario,
    accelerators: new Map(titles.map((title, i) => [title, acceleratorIds[i]!])),
  };
}

function modelFile(
  { title, sources, remarks }: MeasuredModel,
  name: string,
  { format }: MeasuredSet,
  options: ImportOptions,
): ImportedFile {
  const source = `${format}: ${sources.map(fileName).join(", ")}`;
  return yamlFile({ name, title, source, layers: "measured" }, { schema: "model", sources, format, remarks }, options);
}

/** Whole models vary as they were measured; layers by their standard deviation, which needs no file for each of them. */
const hasSampleFile = ({ layer, time }: MeasuredRow): boolean =>
  layer === undefined && new Set(time.samplesNs ?? []).size > 1;

interface SampleFiles {
  readonly files: readonly ImportedFile[];
  nameOf(row: MeasuredRow): string | undefined;
}

function sampleFiles({ models }: MeasuredSet, names: Names): SampleFiles {
  const taken = [names.system, ...names.models];
  const byRow = new Map<MeasuredRow, ImportedFile>();
  models.forEach(({ rows }, i) => {
    for (const row of rows.filter(hasSampleFile)) {
      const wished = `${names.models[i]}-${names.accelerators.get(row.accelerator)}-samples`;
      const [name = wished] = distinctNames([wished], taken);
      taken.push(name);
      const samples = row.time.samplesNs!.map((ns) => [msOf(ns)]);
      byRow.set(row, csvFile({ kind: "table", name, columns: ["latencyMs"], rows: samples }));
    }
  });
  return { files: [...byRow.values()], nameOf: (row) => byRow.get(row)?.fileName };
}

/** Only the columns that a row needs. */
function tableFile(
  { models }: MeasuredSet,
  names: Names,
  samplesOf: (row: MeasuredRow) => string | undefined,
): ImportedFile {
  const cells = models.flatMap(({ rows }, i) =>
    rows.map((row) => {
      const samples = samplesOf(row);
      const cv = samples === undefined ? cvOf(row.time) : undefined;
      return {
        model: names.models[i]!,
        accelerator: names.accelerators.get(row.accelerator)!,
        layer: row.layer,
        latencyMs: samples === undefined ? msOf(row.time.meanNs) : undefined,
        cv: cv === undefined ? undefined : Number(cv.toPrecision(6)),
        samples,
        energyPj: row.energyPj,
      };
    }),
  );
  const all = ["model", "accelerator", "layer", "latencyMs", "cv", "samples", "energyPj"] as const;
  const columns = all.filter((column) => cells.some((row) => row[column] !== undefined));
  const rows = cells.map((row) => columns.map((column) => row[column]));
  return csvFile({ kind: "table", name: names.system, columns, rows });
}

function systemFile(set: MeasuredSet, names: Names, options: ImportOptions): ImportedFile {
  const { systemTitle, sources, format, systemRemarks = [] } = set;
  const unmeasured = "A layer runs to its end, and moving a job to another accelerator is free: neither was measured.";
  const accelerators = [...names.accelerators].map(([title, id]) =>
    onOneLine({ id, ...(title === id ? {} : { title }), preemption: ["drain"] }),
  );
  const system = {
    name: names.system,
    title: systemTitle,
    source: format,
    costs: "table",
    table: `${names.system}.csv`,
    contextSwitch: "off",
    accelerators,
  };
  return yamlFile(system, { schema: "system", sources, format, remarks: [unmeasured, ...systemRemarks] }, options);
}

function scenarioFile(set: MeasuredSet, names: Names, options: ImportOptions): ImportedFile {
  const { tasks, models, scenarioTitle, sources, format, scenarioRemarks = [] } = set;
  const scenario = {
    name: names.scenario,
    title: scenarioTitle,
    source: format,
    durationMs,
    tasks: tasks.map((task) => onOneLine(taskOf(task, models[task.modelIndex]!, names))),
  };
  return yamlFile(scenario, { schema: "scenario", sources, format, remarks: scenarioRemarks }, options);
}

function taskOf(task: MeasuredTask, { network }: MeasuredModel, names: Names): object {
  const id = names.models[task.modelIndex]!;
  const model = network?.path ?? id;
  return "fps" in task ? { id, model, fps: task.fps } : { id, model, after: names.models[task.afterModelIndex]! };
}

function totalsOf({ rows, network }: MeasuredModel, model: string, names: Names): ModelTotals {
  const measured = [...names.accelerators].flatMap(([title, accelerator]): MeasuredTotal[] => {
    const own = rows.filter((row) => row.accelerator === title);
    return own.length === 0 ? [] : [{ accelerator, latencyNs: own.reduce((sum, row) => sum + row.time.meanNs, 0) }];
  });
  const layers = layerCount(rows);
  return { model, ...(network === undefined && layers > 0 ? { layers } : {}), measured };
}
