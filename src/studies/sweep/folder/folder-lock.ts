/** Keeps two sweeps from writing into one folder. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { writable } from "../../../files/output-file.ts";
import { RequestError } from "../../../input/request-error.ts";

export interface FolderLock {
  release(): void;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one of the same number; empty where the system does not say. */
  readonly started: string;
}

/** Throws RequestError where a sweep is at work in the folder; the lock of one that was killed is taken over. */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, "sweep.lock");
  const own = JSON.stringify(ownerOf(process.pid));
  if (!isWritten(path, own)) {
    clearStale(path);
    if (!isWritten(path, own)) throw new RequestError(`another sweep has just started in ${folder}`);
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** Whether it was not there before. */
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

function clearStale(path: string): void {
  const text = textOf(path);
  const owner = ownerFrom(text);
  if (owner !== undefined && isAtWork(owner)) throw new RequestError(busyText(path, owner));
  // Of two that come upon a stale lock, only one may take it away: the other would remove the first one's new lock.
  const taken = `${path}.${process.pid}`;
  try {
    renameSync(path, taken);
  } catch {
    return;
  }
  if (textOf(taken) === text) rmSync(taken);
  else renameSync(taken, path);
}

function busyText(path: string, { pid, host }: Owner): string {
  if (host === hostname()) return `a sweep is running in this folder already, as process ${pid}`;
  return `a sweep is running in this folder on ${host}, as process ${pid}; if it is not, remove ${path}`;
}

/** Empty where it is gone. */
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** undefined: written only in part, by a process that was killed. */
function ownerFrom(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

const ownerOf = (pid: number): Owner => ({ pid, host: hostname(), started: startOf(pid) });

/** Processes of other machines cannot be seen: they count as being at work. */
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

/** Linux: field 22 of /proc/<pid>/stat, clock ticks since the machine started; proc(5). */
function startOf(pid: number): string {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return "";
  const stat = readFileSync(path, "utf8");
  // The second field is the program's name, which may have blanks and brackets in it.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
