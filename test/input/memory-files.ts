/** Files in memory for tests of loaders: paths are plain names, all in one folder unless they hold a `/`. */

import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import type { FileKind, Resolver } from "../../src/scenario/resolver.ts";

export function memoryFiles(files: Record<string, string | Uint8Array>, warnings: Problem[] = []): Resolver {
  const bytes = new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      typeof text === "string" ? new TextEncoder().encode(text) : text,
    ]),
  );
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  return {
    status: (path) => (bytes.has(path) ? { kind: "file", bytes: bytes.get(path)!.length } : { kind: "missing" }),
    read: (path) => bytes.get(path)!,
    locate: (path, fromFile) => folderOf(fromFile) + path,
    resolve(_kind: FileKind, name: string, fromFile: string): string | undefined {
      if (name.includes("/") || name.includes(".")) return folderOf(fromFile) + name;
      const path = `${folderOf(fromFile)}${name}.yaml`;
      return bytes.has(path) ? path : undefined;
    },
    names: () => [...bytes.keys()].filter((path) => path.endsWith(".yaml")).map((path) => path.slice(0, -5)),
    warn: (problem) => warnings.push(problem),
  };
}

/** The problems that loading throws; fails where it succeeds or throws anything else. */
export function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error("loading succeeded, but problems were expected");
}
