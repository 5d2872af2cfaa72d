/** Keeps two sweeps, or two searches, from writing to the same folder. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { writable } from "../../files/output-file.ts";
import { RequestError } from "../../input/request-error.ts";

export interface FolderLock {
  release(): void;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Distinguishes a process from a later one with the same id. Empty if the operating system does not provide it. */
  readonly started: string;
}

/** What is at work in a folder. */
export type FolderWork = "sweep" | "search";

/** Takes over the lock of work that was killed. Throws RequestError if such work is going on in the folder. */
export function lockFolder(folder: string, work: FolderWork): FolderLock {
  const path = join(folder, `${work}.lock`);
  const own = JSON.stringify(ownerOf(process.pid));
  if (!isWritten(path, own)) {
    clearStale(path, work);
    if (!isWritten(path, own)) throw new RequestError(`another ${work} has just started in ${folder}`);
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** Creates the file. Returns false if it already exists. */
function isWritten(path: string, text: string): boolean {
  return writable(path, () => {
    try {
      writeFileSync(path, text, { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  });
}

function clearStale(path: string, work: FolderWork): void {
  const text = textOf(path);
  const owner = ownerFrom(text);
  if (owner !== undefined && isAtWork(owner)) throw new RequestError(busyText(path, owner, work));
  // If two processes find a stale lock, only one may remove it: the second would remove the new lock of the first.
  const taken = `${path}.${process.pid}`;
  try {
    renameSync(path, taken);
  } catch {
    return;
  }
  if (textOf(taken) === text) rmSync(taken);
  else renameSync(taken, path);
}

function busyText(path: string, { pid, host }: Owner, work: FolderWork): string {
  if (host === hostname()) return `a ${work} is already running in this folder, as process ${pid}`;
  return `a ${work} is running in this folder on ${host}, as process ${pid}; if it is not, remove ${path}`;
}

/** Empty if the file no longer exists. */
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** undefined if the file is incomplete: its process was killed while writing it. */
function ownerFrom(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

const ownerOf = (pid: number): Owner => ({ pid, host: hostname(), started: startOf(pid) });

/** Processes of other machines are not visible from here. They count as running. */
function isAtWork({ pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  return isThere(pid) && started === startOf(pid);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Start of the process in clock ticks since the machine started. Linux: field 22 of /proc/<pid>/stat, see proc(5). */
function startOf(pid: number): string {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return "";
  const stat = readFileSync(path, "utf8");
  // The second field, the program's name, may contain blanks and parentheses.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
