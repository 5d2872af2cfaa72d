/** How each task releases its jobs. */
import { type Arrival, type Dependency, periodOf, type TraceRelease } from "../core/scenario.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { hasOneOf, refuseKeys } from "../input/key-checks.ts";
import type { Path } from "../input/parsed-file.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import type { Dependencies } from "./dependencies.ts";
import { nsFromMs } from "./ns-from-ms.ts";
import { checkOneRate, periodNsFromMs, rateKey, rateText } from "./rate.ts";
import type { Replay } from "./replay.ts";
import { type ScenarioContext, soundField, soundRate } from "./scenario-context.ts";
import type { ArrivalFile, TaskFile, TraceFile } from "./scenario-file.ts";
import { traceRows } from "./trace-rows.ts";

/** More jobs during a scenario are probably a mistake. */
export const MOST_JOBS = 1e9;

/** Undefined after a problem. */
export function releaseOf(
  context: ScenarioContext,
  dependencies: Dependencies,
  replay: Replay | undefined,
  taskIndex: number,
): Arrival | Dependency | undefined {
  const task = context.scenario.tasks[taskIndex];
  if (typeof task !== "object" || task === null) return undefined;
  checkOneRate(task, reportOf(context, taskIndex));
  if (task.after !== undefined) return dependency(context, task, dependencies[taskIndex], taskIndex);
  if (context.scenario.replay !== undefined) return replayed(context, task, replay, taskIndex);
  if (task.arrival !== undefined) return arrival(context, task, taskIndex);
  if (task.fps !== undefined || task.periodMs !== undefined) return periodic(context, task, taskIndex);
  const message = `${task.id === undefined ? "the task" : `task ${task.id}`} needs "fps", "periodMs", "after" or "arrival"`;
  context.report.problem(["tasks", taskIndex], "MISSING_KEY", message);
  return undefined;
}

const reportOf = ({ report }: ScenarioContext, index: number): Report => report.within(["tasks", index]);

function dependency(
  context: ScenarioContext,
  task: TaskFile,
  taskIndexes: readonly number[] | undefined,
  index: number,
): Dependency | undefined {
  refuseKeys(task, ["arrival", "offsetMs", "jitterMs"], '"after": its parents release it', reportOf(context, index));
  if (taskIndexes === undefined) return undefined;
  const after = soundField(context, index, "after");
  return { kind: "after", taskIndexes, probability: typeof after === "object" ? (after.probability ?? 1) : 1 };
}

function replayed(context: ScenarioContext, task: TaskFile, replay: Replay | undefined, index: number): Arrival {
  refuseKeys(
    task,
    ["arrival", "offsetMs", "jitterMs"],
    '"replay", which gives all release times',
    reportOf(context, index),
  );
  return { kind: "trace", releases: replay?.get(index) ?? [] };
}

function periodic(context: ScenarioContext, task: TaskFile, index: number): Arrival | undefined {
  const { report } = context;
  const rate = soundRate(context, index);
  const offsetMs = soundField(context, index, "offsetMs") ?? 0;
  const jitterMs = soundField(context, index, "jitterMs") ?? 0;
  if (rate === undefined) return undefined;
  checkJobs(context, ["tasks", index, rateKey(task)], rate.fps);
  const periodMs = rate.periodNs === undefined ? 1000 / rate.fps : rate.periodNs / 1e6;
  // Half a nanosecond of tolerance, because a written period (16.666667 for 60 fps) is a little too long.
  if (jitterMs > periodMs + 5e-7 && report.isSound(["tasks", index, "jitterMs"])) {
    const message = `jitterMs must be at most one period (${Number(periodMs.toFixed(6))} ms at ${rateText(rate)}), got ${jitterMs}`;
    report.problem(["tasks", index, "jitterMs"], "TOO_BIG", message);
  }
  const jitterNs = Math.min(nsFromMs(jitterMs), periodOf(rate));
  return { kind: "periodic", ...rate, offsetNs: nsFromMs(offsetMs), jitterNs };
}

function checkJobs({ scenario, report }: ScenarioContext, path: Path, ratePerS: number): void {
  const jobs = report.isSound(["durationMs"]) ? (ratePerS * scenario.durationMs) / 1000 : 0;
  if (jobs > MOST_JOBS)
    report.problem(path, "TOO_BIG", `would release ${jobs.toPrecision(3)} jobs; the limit is ${MOST_JOBS}`);
}

function arrival(context: ScenarioContext, task: TaskFile, index: number): Arrival | undefined {
  refuseKeys(task, ["fps", "periodMs", "offsetMs", "jitterMs"], '"arrival"', reportOf(context, index));
  const fields = soundField(context, index, "arrival");
  switch (fields?.kind) {
    case undefined:
      return undefined;
    case "poisson":
      return poisson(context, fields, index);
    case "one-shot":
      return oneShot(context, fields, index);
    case "closed":
      return closed(fields);
    case "trace":
      return trace(context, fields, index);
    default:
      return fields satisfies never;
  }
}

function poisson(
  context: ScenarioContext,
  fields: ArrivalFile & { kind: "poisson" },
  index: number,
): Arrival | undefined {
  const { ratePerS, periodMs, offsetMs = 0 } = fields;
  const place = ["tasks", index, "arrival"];
  if (!hasOneOf(fields, ["ratePerS", "periodMs"], "poisson", context.report.within(place))) return undefined;
  const periodNs = periodMs === undefined ? undefined : periodNsFromMs(periodMs);
  const meanPerS = ratePerS ?? 1e9 / periodNs!;
  checkJobs(context, [...place, periodNs === undefined ? "ratePerS" : "periodMs"], meanPerS);
  const offsetNs = nsFromMs(offsetMs);
  return { kind: "poisson", ratePerS: meanPerS, ...(periodNs !== undefined && { periodNs }), offsetNs };
}

function closed({ clients = 1, thinkMs, think = "constant", offsetMs = 0 }: ArrivalFile & { kind: "closed" }): Arrival {
  return { kind: "closed", clients, thinkNs: thinkMs * 1e6, think, offsetNs: nsFromMs(offsetMs) };
}

function oneShot(context: ScenarioContext, fields: ArrivalFile & { kind: "one-shot" }, index: number): Arrival {
  const { count = 1, fromMs = 0, toMs = Math.max(fromMs, context.scenario.durationMs) } = fields;
  if (toMs < fromMs)
    context.report.problem(
      ["tasks", index, "arrival", "toMs"],
      "TOO_SMALL",
      `toMs must be at least fromMs (${fromMs}), got ${toMs}`,
    );
  return { kind: "one-shot", count, fromNs: nsFromMs(fromMs), toNs: nsFromMs(toMs) };
}

function trace(context: ScenarioContext, fields: ArrivalFile & { kind: "trace" }, index: number): Arrival | undefined {
  const place = ["tasks", index, "arrival"];
  const report = context.report.within(place);
  if (!hasOneOf(fields, ["file", "timesMs"], "a trace", report)) return undefined;
  if (fields.file === undefined) refuseKeys(fields, ["time", "columns"], '"timesMs": they are about a file', report);
  const releases =
    fields.timesMs?.map((ms): TraceRelease => ({ releaseNs: nsFromMs(ms) })) ??
    readTrace(context, { ...fields, file: fields.file! }, index);
  return releases && { kind: "trace", releases: releases.sort((a, b) => a.releaseNs - b.releaseNs) };
}

/** All rows of a file, or those that name the task where the scenario says which column does. */
function readTrace(context: ScenarioContext, fields: TraceFile, index: number): TraceRelease[] | undefined {
  const { report, scenario } = context;
  const place = ["tasks", index, "arrival"];
  const { id } = scenario.tasks[index]!;
  const isOwn = (row: CsvRow, column: string) => fields.columns?.task === undefined || row.text(column) === id;
  const source = { fields, place, filePlace: [...place, "file"], hasTasks: false };
  const rows = traceRows(context, source, (row, column) => (isOwn(row, column) ? index : undefined));
  if (rows?.length === 0 && fields.columns?.task !== undefined)
    report.problem(
      [...place, "columns", "task"],
      "UNKNOWN_NAME",
      `no row has ${quote(id)} in column ${quote(fields.columns.task)}`,
    );
  return rows?.map(([, release]) => release);
}
