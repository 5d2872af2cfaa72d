/** The folders that rtmm ships, as loaders see them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../../src/input/problem.ts";
import type { FileKind, Resolver } from "../../src/scenario/resolver.ts";
import { repository } from "../repository.ts";

const folders: Readonly<Record<FileKind, string>> = {
  model: join(repository, "workloads/models"),
  scenario: join(repository, "workloads/scenarios"),
  suite: join(repository, "workloads/suites"),
  system: join(repository, "hardware"),
};

export const shippedNames = (kind: FileKind): readonly string[] =>
  readdirSync(folders[kind])
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();

export const shippedFile = (kind: FileKind, name: string): string => join(folders[kind], `${name}.yaml`);

export const shippedText = (kind: FileKind, name: string): string => readFileSync(shippedFile(kind, name), "utf8");

/** Finds shipped files by name; keeps warnings in `warnings`. */
export function shippedFiles(warnings: Problem[] = []): Resolver {
  return {
    status: (path) => (existsSync(path) ? { kind: "file", bytes: statSync(path).size } : { kind: "missing" }),
    read: (path) => readFileSync(path),
    locate: (path, fromFile) => join(dirname(fromFile), path),
    resolve: (kind, name, fromFile) => {
      if (/[/.]/.test(name)) return join(dirname(fromFile), name);
      return [join(dirname(fromFile), `${name}.yaml`), shippedFile(kind, name)].find((path) => existsSync(path));
    },
    names: shippedNames,
    warn: (problem) => warnings.push(problem),
  };
}
