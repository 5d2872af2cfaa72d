/** The files of a run, and whether they are still as the run read them. */
import { createHash } from "node:crypto";
import { existsSync, type FSWatcher, readFileSync, statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { MISSING } from "./messages.ts";

/** Editors write a file in several steps. It is looked at again until it is the same after this long. */
const SETTLE_MS = 100;
/** Not every file system tells of changes: some network drives and containers do not. */
const POLL_MS = 1000;

export class WatchedFiles {
  /** By absolute path: what a run found there. */
  readonly #states = new Map<string, string>();
  /** Folders whose events say that it is time to look. */
  readonly #watchers = new Map<string, FSWatcher>();
  /** Content by the facts that tell whether it may have changed. */
  readonly #seen = new Map<string, { readonly facts: string; readonly state: string }>();
  #wake: () => void = () => undefined;

  get paths(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** How many there were. The others are places where a file of a name would be found first. */
  get present(): number {
    return [...this.#states.values()].filter((state) => state !== MISSING).length;
  }

  /** The run found this there. What it found first counts: a file may change while the run goes on. */
  add(path: string, state: string): void {
    if (this.#states.has(path)) return;
    this.#states.set(path, state);
    this.#watchFolder(path);
    this.#wake();
  }

  /** As they are now: of a run that failed before it read them. */
  addUnread(paths: readonly string[]): void {
    for (const path of paths) if (!this.#states.has(path)) this.add(path, this.#stateOf(path));
  }

  /** Waits until files are no longer as the run found them, and have settled. Rejects when the signal is aborted. */
  async changed(signal: AbortSignal): Promise<readonly string[]> {
    for (;;) {
      signal.throwIfAborted();
      const changes = this.#changes();
      if (changes.length > 0 && (await this.#haveSettled(signal))) return this.#changes();
      await this.#nextHint(signal);
    }
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #changes(): readonly string[] {
    return [...this.#states].filter(([path, state]) => this.#stateOf(path) !== state).map(([path]) => path);
  }

  /** Whether there still is a change, the same one for a while. */
  async #haveSettled(signal: AbortSignal): Promise<boolean> {
    for (let before = ""; ; ) {
      const now = this.#changes().map((path) => `${path} ${this.#stateOf(path)}`);
      if (now.length === 0) return false;
      if (now.join("\n") === before) return true;
      before = now.join("\n");
      await delay(SETTLE_MS);
      signal.throwIfAborted();
    }
  }

  async #nextHint(signal: AbortSignal): Promise<void> {
    const timeout = new AbortController();
    const hint = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const poll = delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, timeout.signal]) }).catch(
      () => undefined,
    );
    await Promise.race([hint, poll]);
    timeout.abort();
  }

  #stateOf(path: string): string {
    try {
      const { mtimeMs, ctimeMs, size, ino } = statSync(path);
      const facts = [mtimeMs, ctimeMs, size, ino].join(" ");
      const seen = this.#seen.get(path);
      if (seen?.facts === facts) return seen.state;
      const state = createHash("sha256").update(readFileSync(path)).digest("hex");
      this.#seen.set(path, { facts, state });
      return state;
    } catch {
      // It went away between two looks, or is a folder now.
      return MISSING;
    }
  }

  /** A file that is renamed or deleted ends what watches the file itself, but not what watches its folder. */
  #watchFolder(path: string): void {
    const folder = nearestFolder(dirname(path));
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, () => this.#wake());
      // Without events there still is the regular look.
      watcher.on("error", () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch {
      return;
    }
  }
}

const nearestFolder = (folder: string): string => (existsSync(folder) ? folder : nearestFolder(dirname(folder)));
