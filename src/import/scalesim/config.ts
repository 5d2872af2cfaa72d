/** Reads SCALE-Sim's configurations (INI): docs/import.md#scale-sim. */
import type { Place, Reporter } from "../reporter.ts";

export interface Setting {
  readonly key: Place;
  readonly value: Place;
}

/** `section.key` in lower case, as Python's configparser compares them. */
export type Settings = ReadonlyMap<string, Setting>;

/** Keys and values of an INI file; `#` and `;` at the start of a line begin a comment. */
export function readSettings(text: string, reporter: Reporter): Settings {
  const settings = new Map<string, Setting>();
  let section = "";
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || /^[#;]/.test(trimmed)) continue;
    const header = /^\[(.*)\]$/.exec(trimmed);
    if (header !== null) {
      section = header[1]!.trim().toLowerCase();
      continue;
    }
    const setting = settingIn(line, index + 1);
    if (setting === undefined) {
      const at = placeOf(line, trimmed, index + 1);
      reporter.report(at, "WRONG_TYPE", `expected [section] or "key : value", got "${trimmed}"`);
      continue;
    }
    const name = `${section}.${setting.key.text.toLowerCase()}`;
    if (settings.has(name)) reporter.report(setting.key, "DUPLICATE_KEY", `${setting.key.text} occurs twice`);
    else settings.set(name, setting);
  }
  return settings;
}

function settingIn(line: string, lineNumber: number): Setting | undefined {
  const parts = /^\s*([^:=]+?)\s*[:=](.*)$/.exec(line);
  if (parts === null) return undefined;
  const value = parts[2]!.replace(/\s[#;].*$/, "").trim();
  const key = placeOf(line, parts[1]!, lineNumber);
  const column = line.indexOf(value, line.length - parts[2]!.length) + 1;
  return { key, value: { text: value, line: lineNumber, column } };
}

const placeOf = (line: string, text: string, lineNumber: number): Place => ({
  text,
  line: lineNumber,
  column: line.indexOf(text) + 1,
});

/** What of a configuration has a counterpart in rtmm's systems. */
export interface ArrayConfig {
  readonly runName?: string;
  readonly rows: number;
  readonly columns: number;
  readonly inputKB?: number;
  readonly filterKB?: number;
  readonly outputKB?: number;
  /** Words a cycle of each of the three interfaces; absent: as much as the array needs (CALC). */
  readonly wordsPerCycle?: number;
  readonly dataflow: "ws" | "os" | "is";
  readonly dataflowAt?: Place;
}

const section = "architecture_presets";

/** Undefined after a problem. */
export function arrayConfig(settings: Settings, reporter: Reporter): ArrayConfig | undefined {
  const errorsBefore = reporter.errorCount;
  const whole = (key: string): number | undefined => wholeOf(settings.get(`${section}.${key.toLowerCase()}`), reporter);
  const [rows, columns] = ["ArrayHeight", "ArrayWidth"].map((key) => {
    const isThere = settings.has(`${section}.${key.toLowerCase()}`);
    if (!isThere) reporter.report(start, "MISSING_KEY", `[${section}] needs ${key}`);
    return whole(key) ?? 1;
  });
  const runName = settings.get("general.run_name")?.value.text;
  const sizes = {
    ...defined("inputKB", whole("IfmapSramSzkB")),
    ...defined("filterKB", whole("FilterSramSzkB")),
    ...defined("outputKB", whole("OfmapSramSzkB")),
  };
  const dataflow = dataflowOf(settings, reporter);
  const bandwidth = bandwidthOf(settings, reporter);
  if (reporter.errorCount > errorsBefore) return undefined;
  return { ...(runName && { runName }), rows: rows!, columns: columns!, ...sizes, ...bandwidth, ...dataflow };
}

const start: Place = { text: "", line: 1, column: 1 };

const defined = <K extends string>(key: K, value: number | undefined): { readonly [k in K]?: number } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: number };

function wholeOf(setting: Setting | undefined, reporter: Reporter): number | undefined {
  if (setting === undefined) return undefined;
  const { key, value } = setting;
  const number = /^\d+$/.test(value.text) ? Number(value.text) : Number.NaN;
  if (number >= 1 && number <= 1_000_000_000) return number;
  reporter.report(value, "WRONG_TYPE", `${key.text} must be a whole number from 1, got "${value.text}"`);
  return undefined;
}

const dataflows = ["ws", "os", "is"] as const;

function dataflowOf(settings: Settings, reporter: Reporter): Pick<ArrayConfig, "dataflow" | "dataflowAt"> {
  const value = settings.get(`${section}.dataflow`)?.value;
  if (value === undefined) return { dataflow: "ws" };
  const dataflow = dataflows.find((known) => known === value.text.toLowerCase());
  if (dataflow === undefined)
    reporter.report(value, "UNKNOWN_NAME", `Dataflow must be ws, os or is, got "${value.text}"`);
  return { dataflow: dataflow ?? "ws", dataflowAt: value };
}

/** CALC, also by default, means a memory that never stalls the array. SCALE-Sim uses the first of several numbers. */
function bandwidthOf(settings: Settings, reporter: Reporter): Pick<ArrayConfig, "wordsPerCycle"> {
  const mode = settings.get("run_presets.interfacebandwidth")?.value;
  if (mode === undefined || /^calc$/i.test(mode.text)) return {};
  if (!/^user$/i.test(mode.text)) {
    reporter.report(mode, "UNKNOWN_NAME", `InterfaceBandwidth must be CALC or USER, got "${mode.text}"`);
    return {};
  }
  const setting = settings.get(`${section}.bandwidth`);
  const [words = ""] = (setting?.value.text ?? "").split(",");
  if (Number(words) > 0) return { wordsPerCycle: Number(words) };
  reporter.report(setting?.value ?? mode, "MISSING_KEY", "InterfaceBandwidth USER needs a Bandwidth above 0");
  return {};
}
