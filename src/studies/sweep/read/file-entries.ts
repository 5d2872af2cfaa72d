/** Reads the scenarios and systems of an experiment. */

import { fileKind } from "../../../files/file-kind.ts";
import { kindText } from "../../../input/file-kind.ts";
import type { Report } from "../../../input/report.ts";
import { loadSuite } from "../../../scenario/load-suite.ts";
import { axesOf, loadedFile, namedFile, type ReadEntry, type ReadingContext } from "./entry-reading.ts";
import type { ScenarioEntryFile, SystemEntryFile, ValuesFile } from "./experiment-file.ts";
import { type PlaceFault, type PlaceFaults, placeFaults } from "./place-checks.ts";
import { noteNamedFiles, problemsOfAll, reportUnsound } from "./variant-checks.ts";
import type { Axis } from "./variants.ts";

type Kind = "scenario" | "system";

/** The entry of a scenario, or those of a suite's scenarios. `report`: at the entry. Empty after fatal problems. */
export async function scenarioEntries(
  written: ScenarioEntryFile,
  report: Report,
  context: ReadingContext,
): Promise<readonly ReadEntry[]> {
  const { name, place, set } = partsOf(written, "scenario");
  const kinds = context.style === "grid" ? (["scenario", "suite"] as const) : (["scenario"] as const);
  const path = namedFile(kinds, name, place, report, context);
  if (path === undefined) return [];
  const kind = fileKind(path, context.workbench.files) ?? "scenario";
  if (kind === "suite" && context.style === "grid") {
    const suite = await loadedFile(() => loadSuite(path, context.workbench.files), report);
    return suite === undefined ? [] : entriesOf("scenario", "suite", suite.scenarios, set, report, context);
  }
  if (kind === "scenario") return entriesOf("scenario", "named", [path], set, report, context);
  report.problem(place, "WRONG_TYPE", `${path} is ${kindText[kind]}, not a ${kinds.join(" or ")}`);
  return [];
}

/** Empty after fatal problems. `report`: at the entry. */
export async function systemEntries(
  written: SystemEntryFile,
  report: Report,
  context: ReadingContext,
): Promise<readonly ReadEntry[]> {
  const { name, place, set } = partsOf(written, "system");
  const path = namedFile(["system"], name, place, report, context);
  if (path === undefined) return [];
  const kind = fileKind(path, context.workbench.files) ?? "system";
  if (kind === "system") return entriesOf("system", "named", [path], set, report, context);
  report.problem(place, "WRONG_TYPE", `${path} is ${kindText[kind]}, not a system`);
  return [];
}

interface Parts {
  readonly name: string;
  readonly place: readonly string[];
  readonly set: ValuesFile;
}

function partsOf(written: ScenarioEntryFile | SystemEntryFile, key: Kind): Parts {
  if (typeof written === "string") return { name: written, place: [], set: {} };
  const { set = {}, ...rest } = written;
  return { name: (rest as Readonly<Record<Kind, string>>)[key], place: [key], set };
}

async function entriesOf(
  kind: Kind,
  origin: ReadEntry["origin"],
  paths: readonly string[],
  set: ValuesFile,
  report: Report,
  context: ReadingContext,
): Promise<readonly ReadEntry[]> {
  const axes = axesOf(set, report.within(["set"]), context);
  const entries: ReadEntry[] = [];
  for (const target of paths) {
    const loaded = await loadedFile(() => context.workbench[kind](target), report);
    if (loaded === undefined) continue;
    context.inputs.note(loaded.inputs);
    entries.push({ label: loaded.value.name, target, axes, report, origin });
  }
  if (axes.length > 0 && entries.length === paths.length) checkOverrides(kind, entries, axes, report, context);
  return entries;
}

/** Reports only overrides that no scenario of a suite accepts. Otherwise the points that do not load fail. */
function checkOverrides(
  kind: Kind,
  entries: readonly ReadEntry[],
  axes: readonly Axis[],
  report: Report,
  context: ReadingContext,
): void {
  const faults = entries.map(({ target }) => knownFaults(kind, target, axes, context));
  const common = axes.flatMap(({ key }): [string, PlaceFault][] => {
    const found = faults.map((each) => each.get(key));
    return found.every((fault) => fault !== undefined) ? [[key, found[0]!]] : [];
  });
  const place = report.within(["set"]);
  for (const [key, { code, message }] of common) place.problem([key], code, message, "key");
  if (common.length > 0) return;
  checkValues(kind, entries, place, context);
}

function knownFaults(
  kind: Kind,
  path: string,
  axes: readonly Axis[],
  { workbench, placeFaults: known }: ReadingContext,
): PlaceFaults {
  const key = JSON.stringify([kind, path, axes.map((axis) => axis.key)]);
  const faults = known.get(key) ?? placeFaults(kind, path, axes, workbench.files);
  known.set(key, faults);
  return faults;
}

/** Reports a grid in which no variant loads. `report`: at the values. */
function checkValues(
  kind: Kind,
  entries: readonly ReadEntry[],
  report: Report,
  { workbench, inputs, style }: ReadingContext,
): void {
  const problems = entries.map((entry) => {
    const load = (values: ValuesFile) => workbench[kind](entry.target, { [kind]: values });
    noteNamedFiles(entry, load, inputs);
    return style === "grid" ? problemsOfAll(entry, load, inputs) : [];
  });
  if (problems.every((each) => each.length > 0)) reportUnsound(problems[0]!, entries[0]!, report);
}
