/** Output files. They are opened before any simulation, and appear only when complete. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { RequestError } from "../input/request-error.ts";

const CHUNK_CHARACTERS = 1 << 16;

/** Writes in chunks to a file beside the target and renames it at the end. Memory is bounded; readers see whole files. */
export class OutputFile {
  readonly #path: string;
  /** The path itself, if it is a device or a pipe. */
  readonly #written: string;
  readonly #descriptor: number;
  #isOpen = true;
  #pending: string[] = [];
  #pendingCharacters = 0;

  /** Throws RequestError if the file cannot be written. */
  constructor(path: string) {
    this.#path = path;
    this.#written = writable(path, () => (isSpecial(path) ? path : `${path}.part`));
    this.#descriptor = writable(path, () => openSync(this.#written, "w"));
  }

  write(text: string): void {
    this.#pending.push(text);
    this.#pendingCharacters += text.length;
    if (this.#pendingCharacters >= CHUNK_CHARACTERS) this.#flush();
  }

  /** Completes the file at its final path. */
  finish(): void {
    this.#flush();
    this.#isOpen = false;
    writable(this.#path, () => {
      closeSync(this.#descriptor);
      if (this.#written !== this.#path) renameSync(this.#written, this.#path);
    });
  }

  /** Removes the unfinished file. An older file at the path stays, and so does a finished one. */
  abandon(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
    if (this.#written !== this.#path) rmSync(this.#written, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending.join(""));
    this.#pending = [];
    this.#pendingCharacters = 0;
    writable(this.#path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
  }
}

/** Makes a folder and its parents. Returns the folders made, the outermost first. Throws RequestError on failure. */
export function makeFolder(path: string): readonly string[] {
  const missing = missingFolders(path);
  writable(path, () => {
    // One by one: Node's recursive mkdir never returns if a folder such as /proc refuses another with ENOENT.
    for (const folder of missing) mkdirSync(folder);
  });
  if (!statSync(path).isDirectory()) throw new RequestError(`cannot write ${path}: a file of that name exists`);
  return missing;
}

/** The outermost first. */
function missingFolders(path: string): readonly string[] {
  return existsSync(path) ? [] : [...missingFolders(dirname(path)), path];
}

/** Whether a path exists but is neither a file nor a folder, such as /dev/null. */
function isSpecial(path: string): boolean {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  if (stats.isDirectory()) throw new RequestError(`cannot write ${path}: it is a folder`);
  return !stats.isFile();
}

/** Turns a failure to write into a RequestError with the reason. */
export function writable<Result>(path: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RequestError(`cannot write ${path}: ${reasons[code] ?? message}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  EACCES: "permission denied",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is not a folder",
  ENOSPC: "the disk is full",
};
