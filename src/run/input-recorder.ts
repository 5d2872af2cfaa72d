/** Records which files a load used, including files that were already loaded. */

import type { FileStatus } from "../input/file-source.ts";
import type { Problem } from "../input/problem.ts";
import type { SchemaName } from "../input/schema-name.ts";
import type { InputFile } from "../records/run-result.ts";
import type { FileKind, Resolver } from "../scenario/resolver.ts";
import type { RunFiles } from "./run-files.ts";

export type InputRole = InputFile["role"];

export class InputRecorder implements Resolver {
  readonly #files: RunFiles;
  readonly #roles = new Map<string, InputRole>();

  constructor(files: RunFiles) {
    this.#files = files;
  }

  note(role: InputRole, path: string): void {
    if (!this.#roles.has(path)) this.#roles.set(path, role);
  }

  /** In the order in which they were first noted. */
  inputs(): readonly InputFile[] {
    return [...this.#roles].map(([path, role]) => ({
      role,
      ...this.#files.origin(path),
      sha256: this.#files.sha256(path),
    }));
  }

  resolve(kind: FileKind, name: string, fromFile: string): string | undefined {
    const path = this.#files.resolve(kind, name, fromFile);
    if (path !== undefined && kind !== "suite") this.note(kind, path);
    return path;
  }

  locate(path: string, fromFile: string): string {
    const located = this.#files.locate(path, fromFile);
    this.note("data", located);
    return located;
  }

  names(kind: FileKind, fromFile: string): Iterable<string> {
    return this.#files.names(kind, fromFile);
  }
  status(path: string): FileStatus {
    return this.#files.status(path);
  }
  read(path: string): Uint8Array {
    return this.#files.read(path);
  }
  checkedValue(path: string, schema: SchemaName): unknown {
    return this.#files.checkedValue?.(path, schema);
  }
  keepChecked(path: string, schema: SchemaName, value: unknown): void {
    this.#files.keepChecked?.(path, schema, value);
  }
  warn(problem: Problem): void {
    this.#files.warn?.(problem);
  }
}
