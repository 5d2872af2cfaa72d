/** The files of this repository, for tests that load shipped models, scenarios and systems. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileKind, Resolver } from "../../src/scenario/resolver.ts";

export const repositoryRoot = join(import.meta.dirname, "../..");

const folders: Readonly<Record<FileKind, string>> = {
  model: "workloads/models",
  scenario: "workloads/scenarios",
  suite: "workloads/suites",
  system: "hardware",
};

export function repositoryFiles(): Resolver {
  const folderOf = (kind: FileKind): string => join(repositoryRoot, folders[kind]);
  return {
    status: (path) => (existsSync(path) ? { kind: "file", bytes: statSync(path).size } : { kind: "missing" }),
    read: (path) => readFileSync(path),
    locate: (path, fromFile) => join(dirname(fromFile), path),
    resolve(kind, name, fromFile) {
      if (/[/.]/.test(name)) return join(dirname(fromFile), name);
      const path = join(folderOf(kind), `${name}.yaml`);
      return existsSync(path) ? path : undefined;
    },
    names: (kind) => readdirSync(folderOf(kind)).map((file) => file.replace(/\.yaml$/, "")),
  };
}
