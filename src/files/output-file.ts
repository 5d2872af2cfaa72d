/** Files that rtmm writes: opened before anything is simulated, complete or not there. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { RequestError } from "../input/request-error.ts";

const CHUNK_CHARACTERS = 1 << 16;

/** Written in chunks to a file beside it, which takes its place in the end: memory is bounded, readers see it whole. */
export class OutputFile {
  readonly #path: string;
  /** The path itself where it is a device or pipe. */
  readonly #written: string;
  readonly #descriptor: number;
  #isOpen = true;
  #pending: string[] = [];
  #pendingCharacters = 0;

  /** Throws RequestError where it cannot be written. */
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

  /** Puts what was written in place. */
  finish(): void {
    this.#flush();
    this.#isOpen = false;
    writable(this.#path, () => {
      closeSync(this.#descriptor);
      if (this.#written !== this.#path) renameSync(this.#written, this.#path);
    });
  }

  /** Leaves no trace; a file that was there before stays, as does one that is finished. */
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

/** Makes a folder and those above it; those that were not there, the outermost first. Throws RequestError where that cannot be. */
export function makeFolder(path: string): readonly string[] {
  const missing = missingFolders(path);
  writable(path, () => {
    // One by one: Node's own recursive mkdir never returns where a folder refuses another with ENOENT (/proc).
    for (const folder of missing) mkdirSync(folder);
  });
  if (!statSync(path).isDirectory()) throw new RequestError(`cannot write ${path}: there is a file of that name`);
  return missing;
}

/** The outermost first. */
function missingFolders(path: string): readonly string[] {
  return existsSync(path) ? [] : [...missingFolders(dirname(path)), path];
}

/** Whether a path is there and neither a file nor a folder, such as /dev/null. */
function isSpecial(path: string): boolean {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  if (stats.isDirectory()) throw new RequestError(`cannot write ${path}: it is a folder`);
  return !stats.isFile();
}

/** Tells why a file cannot be written as a RequestError. */
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
