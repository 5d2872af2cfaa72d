/** Imports MAESTRO/XRBench text files: finds which belong together, writes rtmm's files, and checks that they load. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  detectMaestroFormat,
  type ImportedFile,
  importMaestroSystem,
  importMaestroWorkload,
  type MaestroFormat,
  type SourceFile,
} from "../import/index.ts";
import { readText } from "../input/file-source.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import { loadSystem } from "../system/load-system.ts";
import { schemaFolderFrom } from "./built-ins.ts";
import type { Library } from "./library.ts";
import { makeFolder } from "./output-file.ts";

/** The artifact's files by their content. */
export type MaestroFiles = Readonly<Record<MaestroFormat, readonly SourceFile[]>>;

/** Reads and sorts the files. Throws InputError or RequestError. */
export function readMaestroFiles(paths: readonly string[], library: Library): MaestroFiles {
  const problems = new ProblemList();
  const texts = paths.map((path) => {
    const file = library.fileAt(path);
    return { file, text: readText(file, library, problems) ?? "" };
  });
  problems.finish();
  const files: Record<MaestroFormat, SourceFile[]> = { workload: [], dataflows: [], hardware: [] };
  for (const source of texts) {
    const format = detectMaestroFormat(source.text);
    if (format === undefined) throw new RequestError(`${source.file} contains no Network, Dataflow or Accelerator`);
    files[format].push(source);
  }
  checkPairs(files);
  return files;
}

function checkPairs({ hardware, dataflows }: MaestroFiles): void {
  if (hardware.length === dataflows.length && hardware.length <= 1) return;
  if (hardware.length > 1 || dataflows.length > 1) {
    throw new RequestError("a system needs one hardware and one dataflow file; import one system at a time");
  }
  const [lonely, missing] = hardware.length === 1 ? [hardware[0]!, "dataflow"] : [dataflows[0]!, "hardware"];
  throw new RequestError(`${lonely.file} needs the ${missing} file of the same system; name both`);
}

export interface Imported {
  readonly kind: "model" | "scenario" | "system";
  readonly file: ImportedFile;
}

/** `folder`: where the files will be, for their schema lines. Throws InputError with all problems of a file. */
export function importMaestro(files: MaestroFiles, folder: string | undefined, library: Library): readonly Imported[] {
  const options = folder === undefined ? {} : { schemaFolder: schemaFolderFrom(library.absolute(folder)) };
  const warn = library.warn.bind(library);
  const workloads = files.workload.flatMap(({ text, file }): Imported[] => {
    const { models, scenario } = importMaestroWorkload(text, file, options, warn);
    return [...models.map((each) => ({ kind: "model", file: each }) as const), { kind: "scenario", file: scenario }];
  });
  const [hardware] = files.hardware;
  const [dataflows] = files.dataflows;
  if (hardware === undefined || dataflows === undefined) return workloads;
  const system = importMaestroSystem(hardware, dataflows, options, warn);
  return [...workloads, { kind: "system", file: system }];
}

export type Overwrite = "refuse" | "allow";

/** Returns the paths written. Throws RequestError if a file exists already; then nothing is written. */
export function writeImported(
  imported: readonly Imported[],
  folder: string,
  overwrite: Overwrite,
  library: Library,
): readonly string[] {
  const paths = imported.map(({ file }) => join(library.absolute(folder), `${file.name}.yaml`));
  const twin = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twin !== undefined) {
    throw new RequestError(`two files would be written to ${library.shown(twin)}; import them into separate folders`);
  }
  const present = paths.filter((path) => existsSync(path));
  if (present.length > 0 && overwrite === "refuse") {
    const list = present.map((path) => library.shown(path)).join(", ");
    throw new RequestError(`these files exist, so nothing was written: ${list} (--force overwrites)`);
  }
  makeFolder(library.absolute(folder));
  try {
    for (const [i, path] of paths.entries()) writeFileSync(path, imported[i]!.file.yaml);
  } catch (error) {
    throw new RequestError(`cannot write to ${folder}: ${(error as Error).message}`, { cause: error });
  }
  return paths.map((path) => library.shown(path));
}

/** Loads the written files, as a run would. Throws InputError if one does not load. */
export function checkImported(imported: readonly Imported[], paths: readonly string[], library: Library): void {
  for (const [i, { kind }] of imported.entries()) {
    if (kind === "scenario") loadScenario(paths[i]!, library);
    if (kind === "system") loadSystem(paths[i]!, library);
  }
}
