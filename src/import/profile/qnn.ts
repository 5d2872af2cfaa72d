/** Reads the events of a QNN profile as CSV: qnn-profile-viewer writes it, and ONNX Runtime's QNN provider. */
import { type CsvTable, parseCsv } from "../../input/csv-table.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import type { LeftOut, SourceFile } from "../imported.ts";
import { timeOf } from "../measured.ts";
import {
  leftIf,
  msText,
  NS_PER_US,
  noRunLeft,
  type Profile,
  type ProfileLayer,
  type ReadOptions,
  slowFirstRun,
} from "./profile.ts";

const columns = { time: "Time", unit: "Unit of Measurement", level: "Event Level", name: "Event Identifier" } as const;
const accelerator = "NPU";

/** Whether a text has the header of such a file. */
export const isQnnCsv = (text: string): boolean => {
  const [header = ""] = text.split("\n");
  return [columns.unit, columns.name].every((column) => header.includes(column));
};

/** Cycles of a layer become time as those of its run did. */
export function readQnn({ file, text }: SourceFile, problems: ProblemList, { warmup = 0 }: ReadOptions): Profile[] {
  const required = [...Object.values(columns), "Message"];
  const table = parseCsv(file, text, { required, optional: [], others: "ignored" }, problems);
  if (table === undefined) return [];
  const events = eventsOf(table);
  const all = runsOf(events);
  const begun = begunRuns(events);
  if (begun > all.length && all.length > 0)
    table.headerProblem("PROFILE_SYNTAX", `${begun} runs began, and ${all.length} ended; is the file whole?`);
  const runs = all.slice(warmup);
  if (runs.length === 0) table.headerProblem("PROFILE_SYNTAX", whyNone(all.length, warmup));
  const layers = layersOf(runs, table);
  const wholeNs = runs.map(({ ns }) => ns);
  return [
    {
      file,
      format: "qnn",
      layers,
      ...(layers.length > 0 || runs.length === 0 ? {} : { whole: timeOf(wholeNs), accelerator }),
      runs: runs.length,
      remarks:
        runs.length === 0 ? [] : [`${runs.length} runs: mean ${msText(timeOf(wholeNs).meanNs)} on the accelerator`],
      hints: slowFirstRun(wholeNs),
      left: [...leftIf(all.length - runs.length, "run", "warm-up (--warmup)"), ...outsideOf(layers, wholeNs)],
    },
  ];
}

const whyNone = (runs: number, warmup: number): string =>
  runs === 0
    ? 'no event is an "Accelerator (execute) time"; was the profile of a run, with --profiling_level detailed?'
    : noRunLeft(runs, warmup);

interface Event {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly isLayer: boolean;
}

/** Those of runs: the network's preparation is another matter. */
function eventsOf({ rows }: CsvTable): readonly Event[] {
  return rows.flatMap((row) => {
    const [name = "", unit = "", level = "", message = ""] = [columns.name, columns.unit, columns.level, "Message"].map(
      (column) => row.text(column) ?? "",
    );
    if (/^(INIT|DEINIT|FINALIZE|COMPOSE|CREATE|LOAD|FREE)/i.test(message)) return [];
    const isLayer = /CYCLES|^US$/i.test(unit) && (/^NODE$/i.test(message) || /:OpId_\d+/.test(name));
    const isOfRun = isLayer || /^ROOT$/i.test(level) || isTotal(name);
    const value = isOfRun ? row.number(columns.time) : undefined;
    return value === undefined
      ? []
      : [{ name: name.replace(/ *\(cycles\)$/, ""), value, unit: unit.toUpperCase(), isLayer }];
  });
}

const isTotal = (name: string): boolean => /^(QNN )?accelerator \(execute\) time( \(cycles\))?$/i.test(name);

/** Of files with both totals, that without what QNN adds. */
function timesOf(totals: readonly Event[]): readonly Event[] {
  const times = totals.filter(({ unit }) => unit === "US");
  const own = times.filter(({ name }) => !/^QNN/i.test(name));
  return own.length > 0 ? own : times;
}

interface Run {
  readonly ns: number;
  readonly cycles: number;
  readonly layers: readonly Event[];
}

/** Totals and layers of a run stand in an order of their own in each version, so each kind is counted by itself. */
function runsOf(events: readonly Event[]): readonly Run[] {
  const totals = events.filter(({ name, isLayer }) => !isLayer && isTotal(name));
  const cycles = totals.filter(({ unit }) => unit === "CYCLES");
  const layers = partsOf(events.filter(({ isLayer }) => isLayer));
  return timesOf(totals).map(({ value }, i) => {
    const own = layers[i] ?? [];
    const sum = own.reduce((total, each) => total + each.value, 0);
    return { ns: value * NS_PER_US, cycles: cycles[i]?.value ?? sum, layers: own };
  });
}

/** A run has its cycles or its layers before its time. */
function begunRuns(events: readonly Event[]): number {
  const cycles = events.filter(({ name, unit, isLayer }) => !isLayer && isTotal(name) && unit === "CYCLES");
  return Math.max(cycles.length, partsOf(events.filter(({ isLayer }) => isLayer)).length);
}

/** Each begins with the first layer's name. */
function partsOf(layers: readonly Event[]): readonly (readonly Event[])[] {
  const parts: Event[][] = [];
  for (const layer of layers) {
    if (layer.name === layers[0]!.name) parts.push([]);
    parts.at(-1)!.push(layer);
  }
  return parts;
}

/** Empty if only the whole was measured. */
function layersOf(runs: readonly Run[], table: CsvTable): readonly ProfileLayer[] {
  const [first] = runs;
  if (first === undefined || first.layers.length === 0) return [];
  const namesOf = ({ layers }: Run) => layers.map(({ name }) => name).join("\n");
  const odd = runs.findIndex((run) => namesOf(run) !== namesOf(first));
  if (odd > 0) {
    table.headerProblem(
      "PROFILE_SYNTAX",
      `run ${odd + 1} has other layers than the first; is the file of one network?`,
    );
    return [];
  }
  return first.layers.map(({ name }, i) => ({
    name,
    time: timeOf(runs.map((run) => nsOf(run.layers[i]!, run))),
    accelerator,
  }));
}

const nsOf = ({ value, unit }: Event, { ns, cycles }: Run): number =>
  unit === "US" ? value * NS_PER_US : cycles === 0 ? 0 : (value / cycles) * ns;

function outsideOf(layers: readonly ProfileLayer[], wholeNs: readonly number[]): readonly LeftOut[] {
  if (layers.length === 0) return [];
  const layersNs = layers.reduce((sum, { time }) => sum + time.meanNs, 0);
  const { meanNs } = timeOf(wholeNs);
  const times = `a run takes ${msText(meanNs)} on the accelerator, its layers ${msText(layersNs)}`;
  if (layersNs > 1.001 * meanNs)
    return leftIf(1, "overlap of parallel layers", `layers run one after another here, and ${times}`);
  return meanNs - layersNs < 0.001 * meanNs ? [] : leftIf(1, "time between layers", times);
}
