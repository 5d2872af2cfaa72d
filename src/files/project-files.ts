/** The files of a project to start from: those in `template/`, which is a project itself, fitted to where they go. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ImportedFile } from "../import/index.ts";
import { schemaFolderFrom } from "./built-ins.ts";
import { packageFolder } from "./package-folder.ts";
import type { NewFile } from "./write-files.ts";

export interface Project {
  /** Absolute. It need not exist. */
  readonly folder: string;
  /** Id. */
  readonly name: string;
  /** What takes the place of the template's networks; they lie in `importedFolder`. */
  readonly imported?: readonly ImportedFile[];
  /** In place of the template's; undefined: the template's, or the first of the import. */
  readonly scenario?: ImportedFile;
}

/** Where they are, from the project's folder. */
export interface ProjectPaths {
  readonly scenario: string;
  readonly system: string;
  /** The first one. */
  readonly model: string;
}

export const importedFolder = "imported";

const template = join(packageFolder, "template");

export function projectPaths({ imported = [], scenario }: Pick<Project, "imported" | "scenario">): ProjectPaths {
  const first = (kind: ImportedFile["kind"]) => {
    const file = imported.find((each) => each.kind === kind);
    return file === undefined ? undefined : `${importedFolder}/${file.fileName}`;
  };
  return {
    scenario: scenario === undefined ? (first("scenario") ?? "scenario.yaml") : "scenario.yaml",
    system: first("system") ?? "system.yaml",
    model: first("model") ?? (imported.length > 0 ? importedFolder : "models/detector.yaml"),
  };
}

/** In the order of reading. */
export function projectFiles(project: Project): readonly NewFile[] {
  const { imported = [], scenario } = project;
  const paths = projectPaths(project);
  const runs = scenario ?? imported.find(({ kind }) => kind === "scenario");
  const adapted = runs === undefined || hasRates(runs) ? (file: NewFile) => file : withoutRates;
  const own = (path: string, from = path) => adapted({ path, text: fitted(path, from, project, paths) });
  return [
    own("README.md"),
    ...(scenario === undefined ? [] : [{ path: paths.scenario, text: scenario.text }]),
    ...(imported.length === 0 ? ["scenario.yaml", paths.model] : []).map((path) => own(path)),
    ...imported.map(({ fileName, text }) => ({ path: `${importedFolder}/${fileName}`, text })),
    ...(paths.system === "system.yaml" ? [own("system.yaml")] : []),
    own("scheduler.mjs"),
    own("experiment.yaml"),
    own(".github/workflows/rtmm.yml", "rtmm.yml"),
  ];
}

/** A file of the template, with the paths and the name of the project. */
function fitted(path: string, from: string, { folder, name }: Project, paths: ProjectPaths): string {
  const schemas = schemaFolderFrom(dirname(join(folder, path)));
  const places: Readonly<Record<string, string>> = {
    "my-project": name,
    "scenario.yaml": paths.scenario,
    "system.yaml": paths.system,
    "models/detector.yaml": paths.model,
  };
  return readFileSync(join(template, from), "utf8")
    .replace(/\$schema=[./]+\/schema\//, `$schema=${schemas}/`)
    .replace(/\b(my-project|scenario\.yaml|system\.yaml|models\/detector\.yaml)/g, (word) => places[word]!);
}

/** Releases that a file lists, one by one, do not become faster. */
function hasRates({ text }: ImportedFile): boolean {
  return /\b(fps|periodMs|ratePerS|windowMs):/.test(text) && !/^replay:/m.test(text);
}

const withoutRates = ({ path, text }: NewFile): NewFile => ({
  path,
  text: text
    .replace(/^rateScale:.*\n/m, "")
    .replace("cope with more load", "compare")
    .replace(/^.* --rate-scale .*\n/m, "")
    .replace(", as things are and with half as much load again", ""),
});
