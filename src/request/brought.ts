/** What a request brings along in memory, and the names by which the rest of rtmm finds it. */
import type { Scheduler } from "../core/scheduler.ts";
import { isPath } from "../input/is-path.ts";
import type { Problem } from "../input/problem.ts";
import { quote } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { Caller, FilesInMemory } from "../run/run-files.ts";
import { faultsOf } from "../run/scheduler-faults.ts";

/** A YAML file in memory. */
export interface TextFile {
  /** Its text. JSON is YAML too. */
  readonly yaml: string;
  /** Path that names in the text start from, and that messages and results show; left out: one in the current folder. */
  readonly path?: string;
}

/** Name of a built-in, path of a file, or a file in memory. */
export type Source = string | TextFile;

/** What every request may bring beside what it names. */
export interface LoadOptions {
  /** Files in memory by path; they hide files on a disk. */
  readonly files?: FilesInMemory;
  /** Called with each warning about a file. */
  readonly warn?: (problem: Problem) => void;
}

export class Brought implements Caller {
  readonly files: Record<string, string | Uint8Array>;
  readonly schedulers: Scheduler[] = [];
  readonly warn: Caller["warn"];

  constructor({ files, warn }: LoadOptions) {
    this.files = { ...files };
    this.warn = warn;
  }

  /** The name or path of a source; `kind` is for messages. */
  file(source: Source, kind: string): string {
    if (typeof source === "string") return source;
    if (source === undefined) throw new RequestError(`the request needs "${kind}"`);
    if (typeof source?.yaml !== "string")
      throw new RequestError(`a ${kind} must be a name, a path or { yaml: text }, got ${typeof source}`);
    const path = source.path ?? this.#freePath(kind);
    if (!isPath(path))
      throw new RequestError(`the path of a ${kind} in memory needs a / or an ending, got ${quote(path)}`);
    if ((this.files[path] ?? source.yaml) !== source.yaml)
      throw new RequestError(`two files in memory have the path ${path}`);
    this.files[path] = source.yaml;
    return path;
  }

  /** The name or path of a scheduler. */
  scheduler(given: string | Scheduler): string {
    if (typeof given === "string") return given;
    const faults = faultsOf(given);
    if (faults.length > 0) throw new RequestError(faults.map((fault) => `the scheduler ${fault}`).join("\n"));
    const { name } = given;
    if (this.schedulers.some((other) => other.name === name && other !== given))
      throw new RequestError(`two schedulers are called "${name}"`);
    if (!this.schedulers.includes(given)) this.schedulers.push(given);
    return name;
  }

  /** Of a form that files on a disk do not have. */
  #freePath(kind: string): string {
    for (let number = 1; ; number += 1) {
      const path = number === 1 ? `(${kind}).yaml` : `(${kind} ${number}).yaml`;
      if (this.files[path] === undefined) return path;
    }
  }
}
