/** The models, scenarios, suites, systems, experiments and ranges that come with rtmm. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ProblemList } from "../input/problem-list.ts";
import type { SchemaName } from "../input/schema-name.ts";
import { parseYaml } from "../input/yaml-document.ts";
import { type BuiltInKind, builtInFolders } from "../run/built-in-folders.ts";
import { packageFolder } from "./package-folder.ts";

/** The folder of the JSON Schemas as seen from another folder, which is absolute: for the schema lines of files there. */
export const schemaFolderFrom = (folder: string): string =>
  relative(folder, join(packageFolder, "schema")).split(sep).join("/");

export interface BuiltIn {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** The built-in files of a kind, sorted by name. */
export function builtIns(kind: BuiltInKind): readonly BuiltIn[] {
  const folder = join(packageFolder, builtInFolders[kind]);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => ({ name: file.slice(0, -".yaml".length), path: join(folder, file) }));
}

/** The absolute path of a built-in file; undefined if none has that name. */
export function builtInPath(kind: BuiltInKind, name: string): string | undefined {
  const path = join(packageFolder, builtInFolders[kind], `${name}.yaml`);
  return existsSync(path) ? path : undefined;
}

/** Reads only the `title:` line. Parsing whole models would take longer than the rest of a listing. */
export function titleOf({ path }: BuiltIn): string | undefined {
  const line = /^title:.*$/m.exec(readFileSync(path, "utf8"))?.[0];
  const file = line === undefined ? undefined : parseYaml(path, line, new ProblemList());
  return (file?.value as { readonly title?: string } | undefined)?.title;
}

/**
 * The value of the built-in file with this SHA-256, which passed the schema when rtmm was built: parsing its JSON takes
 * a tenth of the time that its YAML takes. undefined: no built-in file.
 */
export function checkedBuiltIn(schema: SchemaName, sha256: string): unknown {
  const path = join(packageFolder, "dist/checked", schema, `${sha256}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
