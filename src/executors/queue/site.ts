/** A worker's copy of a sweep: its files in a private folder, and the threads that run its points. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Redis } from "ioredis";
import { placeIn } from "../../files/file-tree.ts";
import { packageFolder } from "../../files/package-folder.ts";
import { ThreadExecutor } from "../threads/thread-executor.ts";
import { filesKey, sweepKey } from "./keys.ts";
import type { BundledPath, SweepRecord } from "./protocol.ts";

export class Site {
  readonly record: SweepRecord;
  /** Aborted when the sweep is over. */
  readonly over = new AbortController();
  readonly #root: string;
  readonly #policyTimeoutMs: number | undefined;
  readonly #executors: (ThreadExecutor | undefined)[] = [];
  readonly #remove = (): void => rmSync(this.#root, { recursive: true, force: true });

  private constructor(record: SweepRecord, root: string, policyTimeoutMs: number | undefined) {
    this.record = record;
    this.#policyTimeoutMs = policyTimeoutMs;
    this.#root = root;
    process.once("exit", this.#remove);
  }

  /** undefined if the sweep is over. */
  static async open(client: Redis, sweep: string, policyTimeoutMs?: number): Promise<Site | undefined> {
    const text = await client.get(sweepKey(sweep));
    if (text === null) return undefined;
    const record = JSON.parse(text) as SweepRecord;
    const site = new Site(record, mkdtempSync(join(tmpdir(), "rtmm-worker-")), policyTimeoutMs);
    try {
      site.#provideRtmm();
      for (const file of record.files) {
        if (await site.#bring(file, client, sweep)) continue;
        await site.close();
        return undefined;
      }
      return site;
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  /** Policies import helpers from "rtmm". Here they get this installation. */
  #provideRtmm(): void {
    const folder = join(this.#root, "node_modules");
    mkdirSync(folder);
    symlinkSync(packageFolder, join(folder, "rtmm"), "junction");
  }

  async #bring({ path, sha256 }: BundledPath, client: Redis, sweep: string): Promise<boolean> {
    const stored = await client.hgetBuffer(filesKey(sweep), sha256);
    if (stored === null) return false;
    const content = gunzipSync(stored);
    const found = createHash("sha256").update(content).digest("hex");
    if (found !== sha256) throw new Error(`${path} was corrupted in transit: its SHA-256 differs`);
    const copy = placeIn(this.#root, path);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, content);
    return true;
  }

  /** The executor of one thread, which keeps the costs that it has computed. */
  executor(thread: number): ThreadExecutor {
    const { cwd, packageFolder } = this.record;
    const setting = { cwd, brought: { root: this.#root, packageFolder } };
    this.#executors[thread] ??= new ThreadExecutor(1, setting, this.#policyTimeoutMs);
    return this.#executors[thread];
  }

  async close(): Promise<void> {
    this.over.abort(new Error("the sweep is over"));
    await Promise.all(this.#executors.map((executor) => executor?.close()));
    process.off("exit", this.#remove);
    this.#remove();
  }
}
