/** A sweep's data in Redis: record, files, reports and jobs. Deleted when the sweep ends. Expires soon if it dies. */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { packageFolder } from "../../files/package-folder.ts";
import type { Build } from "./build.ts";
import type { Bundle } from "./bundle.ts";
import type { Connection } from "./connection.ts";
import type { FlyingJob } from "./flight.ts";
import {
  filesKey,
  jobKey,
  LIFETIME_MS,
  PREFIX,
  queueKeys,
  queueName,
  reportsKey,
  sweepKey,
  sweepsKey,
} from "./keys.ts";
import { removeLeftovers } from "./leftovers.ts";
import { decoded, type PointJob, type Report, type SweepRecord } from "./protocol.ts";
import { liveSweeps } from "./registry.ts";

export interface SessionOptions {
  readonly name: string;
  /** Hash of the plan. Part of the sweep's id in Redis. */
  readonly hash: string;
  readonly cwd: string;
  readonly bundle: Bundle;
  readonly build: Build;
}

export interface Entry {
  readonly id: string;
  readonly report: Report | undefined;
}

/** State of a job in Redis; undefined if the job is not there. */
export type JobState = { readonly failedReason: string | undefined } | undefined;

/** A job is retried because the failure may be the worker's own. */
const ATTEMPTS = 3;
const BETWEEN_ATTEMPTS_MS = 500;
/** Small, because nothing listens to the queue's own events. */
const MOST_EVENTS = 100;
const WAIT_FOR_REPORTS_MS = 500;
const REPORTS_AT_ONCE = 32;
/** Time for workers to remove jobs whose reports they have sent. */
const LAST_JOBS_MS = 1_000;

export class Session {
  readonly id: string;
  readonly #queueName: string;
  readonly #queue: Queue<PointJob>;
  readonly #client: Redis;
  /** Waits for reports. */
  readonly #listener: Redis;
  readonly #record: SweepRecord;
  readonly #bundle: Bundle;
  /** Ids of jobs that may still be in Redis. */
  readonly #sent = new Set<string>();

  private constructor(connection: Connection, queue: Queue<PointJob>, options: SessionOptions) {
    const { name, hash, cwd, bundle, build } = options;
    this.id = `${hash.slice(0, 12)}-${randomBytes(4).toString("hex")}`;
    this.#queueName = queueName(build);
    this.#queue = queue;
    this.#client = connection.client;
    this.#listener = connection.another();
    this.#bundle = bundle;
    this.#record = { name, build, host: hostname(), cwd, packageFolder, files: bundle.paths };
  }

  static async open(connection: Connection, options: SessionOptions): Promise<Session> {
    const { Queue } = await import("bullmq");
    const queue = new Queue<PointJob>(queueName(options.build), {
      connection: connection.client,
      prefix: PREFIX,
      // `checkServer` has checked the version.
      skipVersionCheck: true,
      streams: { events: { maxLen: MOST_EVENTS } },
    });
    // The connection reports its own loss.
    queue.on("error", () => undefined);
    const session = new Session(connection, queue, options);
    await session.#publish();
    return session;
  }

  async #publish(): Promise<void> {
    const { id } = this;
    const contents = [...this.#bundle.contents].flat();
    const steps = this.#client.multi().xadd(reportsKey(id), "*", "opened", "");
    if (contents.length > 0) steps.hset(filesKey(id), ...contents).pexpire(filesKey(id), LIFETIME_MS);
    steps.pexpire(reportsKey(id), LIFETIME_MS).sadd(sweepsKey, id);
    steps.set(sweepKey(id), JSON.stringify(this.#record), "PX", LIFETIME_MS);
    await checked(steps.exec());
  }

  /** A job that already exists stays as it is. */
  async send(jobs: readonly FlyingJob[], run: number): Promise<void> {
    if (jobs.length === 0) return;
    await this.#queue.addBulk(
      jobs.map(({ id, points, open }) => ({
        name: "points",
        data: { sweep: this.id, run, points: points.filter(({ index }) => open.has(index)) },
        opts: {
          jobId: id,
          attempts: ATTEMPTS,
          backoff: { type: "fixed", delay: BETWEEN_ATTEMPTS_MS },
          removeOnComplete: true,
        },
      })),
    );
    for (const { id } of jobs) this.#sent.add(id);
    await this.#prolong();
  }

  /** Reports that have arrived and are not yet handled. Waits briefly if there are none. */
  async reports(): Promise<readonly Entry[]> {
    const key = reportsKey(this.id);
    const reply = await this.#listener.xreadBuffer(
      "COUNT",
      REPORTS_AT_ONCE,
      "BLOCK",
      WAIT_FOR_REPORTS_MS,
      "STREAMS",
      key,
      "0",
    );
    const entries = reply?.[0]?.[1] ?? [];
    return entries.map(([id, [, bytes]]) => ({
      id: id.toString(),
      // The stream is opened with an empty entry.
      report: bytes === undefined || bytes.length === 0 ? undefined : decoded(bytes),
    }));
  }

  async handled(entries: readonly string[]): Promise<void> {
    if (entries.length > 0) await this.#client.xdel(reportsKey(this.id), ...entries);
  }

  /** Renews the lifetime of all keys. `renewed`: they had expired and were published again, without the jobs. */
  async beat(): Promise<"kept" | "renewed"> {
    if (await this.#prolong()) return "kept";
    await this.#publish();
    return "renewed";
  }

  async #prolong(): Promise<boolean> {
    const { id } = this;
    const steps = this.#client.pipeline();
    for (const key of [sweepKey(id), reportsKey(id), filesKey(id)]) steps.pexpire(key, LIFETIME_MS);
    for (const key of queueKeys(this.#queueName)) steps.pexpire(key, LIFETIME_MS);
    for (const job of this.#sent) steps.pexpire(jobKey(this.#queueName, job), LIFETIME_MS);
    const [sweep, reports] = await checked(steps.exec());
    return sweep === 1 && reports === 1;
  }

  /** In the order of `jobs`. */
  async states(jobs: readonly FlyingJob[]): Promise<readonly JobState[]> {
    const steps = this.#client.pipeline();
    for (const { id } of jobs) steps.hmget(jobKey(this.#queueName, id), "name", "failedReason", "finishedOn");
    const replies = (await checked(steps.exec())) as (string | null)[][];
    return replies.map(([name, failedReason, finishedOn]) => {
      if (name === null) return undefined;
      return { failedReason: finishedOn === null ? undefined : (failedReason ?? undefined) };
    });
  }

  async remove(jobs: Iterable<string>): Promise<void> {
    for (const id of jobs) await this.#queue.remove(id).catch(() => undefined);
  }

  /** Forgets the ids of jobs that are no longer in Redis. Returns how many remain. */
  async #settle(): Promise<number> {
    const steps = this.#client.pipeline();
    const ids = [...this.#sent];
    for (const id of ids) steps.exists(jobKey(this.#queueName, id));
    const found = await checked(steps.exec());
    for (const [index, id] of ids.entries()) if (found[index] === 0) this.#sent.delete(id);
    return this.#sent.size;
  }

  /** Forgets the ids of jobs that have ended and are no longer in Redis. */
  async tidy(flying: (id: string) => boolean): Promise<void> {
    if ([...this.#sent].some((id) => !flying(id))) await this.#settle();
  }

  /** Deletes everything of this sweep from Redis. */
  async close(): Promise<void> {
    const { id } = this;
    await this.#client.srem(sweepsKey, id);
    await this.#client.del(sweepKey(id), filesKey(id), reportsKey(id));
    const endMs = Date.now() + LAST_JOBS_MS;
    await this.remove(this.#sent);
    while ((await this.#settle()) > 0 && Date.now() < endMs) await delay(20);
    await liveSweeps(this.#client);
    await removeLeftovers(this.#client, this.#queueName);
    await this.#queue.close();
  }
}

/** Returns the replies of a pipeline. Throws the first error among them. */
async function checked(replies: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  return ((await replies) ?? []).map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}
