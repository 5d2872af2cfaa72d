/** Takes points from a queue and runs them in worker threads. The main thread stays free to renew its locks. */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Job, Worker } from "bullmq";
import type { PointOutcome, PointSource } from "../point.ts";
import { type Build, buildText, isSameBuild, thisBuild } from "./build.ts";
import { Connection, type Notify } from "./connection.ts";
import {
  HEARTBEAT_MS,
  LIFETIME_MS,
  PREFIX,
  queueKeys,
  queueName,
  WORKER_LIFETIME_MS,
  workerKey,
  workersKey,
} from "./keys.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { PointJob, WorkerRecord } from "./protocol.ts";
import type { QueueAddress } from "./queue-address.ts";
import { liveSweeps } from "./registry.ts";
import { Reporter } from "./reporter.ts";
import { Site } from "./site.ts";

export interface ClusterWorkerOptions {
  /** Points that run at once, each in a thread. */
  readonly threads: number;
  /** How long a worker may be silent before its jobs go to another one. */
  readonly lockMs: number;
  /** The worker ends after this long without a point; undefined: never. */
  readonly idleMs: number | undefined;
  /** How long a call of a user's policy may last. */
  readonly policyTimeoutMs?: number;
  readonly notify: Notify;
  /** Called for each point that ended here. */
  readonly ended: (outcome: PointOutcome) => void;
  /** By default this build. Tests set others. */
  readonly build?: Build;
}

/** How many silent workers a job survives. After that, the job is taken to be the cause. */
const MOST_STALLS = 2;
/** Polling interval of an empty queue. A new job wakes the worker at once. */
const EMPTY_S = 2;
const AFTER_FAULT_MS = 500;
const CLOSING_MS = 4_000;

export class ClusterWorker {
  readonly #connection: Connection;
  readonly #options: ClusterWorkerOptions;
  readonly #build: Build;
  readonly #id = randomBytes(6).toString("hex");
  readonly #sites = new Map<string, Promise<Site | undefined>>();
  readonly #freeThreads: number[];
  readonly #refused = new Set<string>();
  readonly #stopping = new AbortController();
  #busySinceMs = performance.now();

  private constructor(connection: Connection, options: ClusterWorkerOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#build = options.build ?? thisBuild();
    this.#freeThreads = Array.from({ length: options.threads }, (_, thread) => thread);
  }

  /** Throws RequestError if there is no queue at the address. */
  static async open(address: QueueAddress, options: ClusterWorkerOptions): Promise<ClusterWorker> {
    return new ClusterWorker(await Connection.open(address, options.notify), options);
  }

  /** Runs until the worker is idle for too long or the signal aborts. Then returns its jobs and throws the reason. */
  async run(signal: AbortSignal): Promise<void> {
    const worker = await this.#start();
    const stopped = aborted(signal);
    try {
      while (!signal.aborted && !this.#isIdle()) {
        const pause = delay(this.#pauseMs(), undefined, { signal }).catch(ignore);
        // If the connection is lost meanwhile, the heartbeat ends only after it is restored.
        await Promise.race([this.#connection.isUp() ? this.#beat() : pause, stopped]);
        await pause;
      }
    } finally {
      this.#stopping.abort(new Error("the worker stops"));
      const patienceMs = this.#connection.isUp() ? CLOSING_MS : 0;
      await settledWithin(patienceMs, this.#leave(worker).catch(ignore));
      this.#connection.close();
      await this.#closeSites([...this.#sites.keys()]);
    }
    signal.throwIfAborted();
  }

  #pauseMs(): number {
    return Math.min(HEARTBEAT_MS, this.#options.idleMs ?? HEARTBEAT_MS);
  }

  async #start(): Promise<Worker<PointJob>> {
    const { Worker } = await import("bullmq");
    const { threads, lockMs } = this.#options;
    const worker = new Worker<PointJob>(queueName(this.#build), (job, token) => this.#process(job, token), {
      connection: this.#connection.client,
      prefix: PREFIX,
      // `checkServer` has checked the version.
      skipVersionCheck: true,
      concurrency: threads,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: MOST_STALLS,
      drainDelay: EMPTY_S,
      runRetryDelay: AFTER_FAULT_MS,
    });
    // The connection reports its own loss. A job that moved to another worker, or whose sweep ended, is no error.
    worker.on("error", ignore);
    worker.on("failed", (_, error) => this.#options.notify(`a job failed: ${error.message.split("\n", 1)[0]}`));
    worker.on("stalled", (job) => this.#options.notify(`taking over job ${job} from a worker that stopped responding`));
    return worker;
  }

  #isIdle(): boolean {
    const { idleMs, threads } = this.#options;
    if (this.#freeThreads.length < threads || !this.#connection.isUp()) this.#busySinceMs = performance.now();
    return idleMs !== undefined && performance.now() - this.#busySinceMs >= idleMs;
  }

  async #process(job: Job<PointJob>, token: string | undefined): Promise<void> {
    const { sweep, points } = job.data as Partial<PointJob>;
    // If the job's sweep died long ago, only the job's id may be left.
    const site = sweep === undefined ? undefined : await this.#siteOf(sweep);
    if (site === undefined || points === undefined) return;
    const thread = this.#freeThreads.pop()!;
    const reporter = new Reporter(this.#connection.client, job.data);
    const source: PointSource = {
      count: points.length,
      caseSize: points.length,
      request: (index) => points[index]!.request,
    };
    try {
      const halt = AbortSignal.any([this.#stopping.signal, site.over.signal]);
      const ended = (outcome: PointOutcome): void => {
        const named = { ...outcome, index: points[outcome.index]!.index };
        reporter.add(named);
        this.#options.ended(named);
      };
      await site.executor(thread).run(source, ended, halt);
    } catch (error) {
      if (site.over.signal.aborted) return;
      if (!this.#stopping.signal.aborted) throw error;
      await reporter.finish();
      await giveBack(job, token, reporter.rest());
    } finally {
      this.#freeThreads.push(thread);
      this.#busySinceMs = performance.now();
    }
    await reporter.finish();
  }

  #siteOf(sweep: string): Promise<Site | undefined> {
    const known = this.#sites.get(sweep);
    if (known !== undefined) return known;
    const opened = Site.open(this.#connection.client, sweep, this.#options.policyTimeoutMs);
    this.#sites.set(sweep, opened);
    opened.then(
      (site) => {
        if (site === undefined) this.#sites.delete(sweep);
        else this.#options.notify(`taking points of ${site.record.name} from ${site.record.host}`);
      },
      () => this.#sites.delete(sweep),
    );
    return opened;
  }

  /** Renews this worker's record and checks which sweeps are alive. */
  async #beat(): Promise<void> {
    const { client } = this.#connection;
    try {
      const record: WorkerRecord = { build: this.#build, host: hostname(), threads: this.#options.threads };
      const steps = client.pipeline().sadd(workersKey, this.#id).pexpire(workersKey, LIFETIME_MS);
      steps.set(workerKey(this.#id), JSON.stringify(record), "PX", WORKER_LIFETIME_MS);
      for (const key of queueKeys(queueName(this.#build))) steps.pexpire(key, LIFETIME_MS);
      await steps.exec();
      const sweeps = await liveSweeps(client);
      for (const [id, { name, host, build }] of sweeps) this.#notifyOfOtherBuild(id, name, host, build);
      await this.#closeSites([...this.#sites.keys()].filter((id) => !sweeps.has(id)));
    } catch (error) {
      if (this.#connection.isUp()) this.#options.notify(`the queue rejected a command: ${(error as Error).message}`);
    }
  }

  #notifyOfOtherBuild(id: string, name: string, host: string, build: Build): void {
    if (isSameBuild(build, this.#build) || this.#refused.has(id)) return;
    this.#refused.add(id);
    this.#options.notify(
      `skipping ${name} from ${host}: it uses ${buildText(build)}, but this worker is ${buildText(this.#build)}; ` +
        "install the same version on both",
    );
  }

  async #closeSites(sweeps: readonly string[]): Promise<void> {
    for (const sweep of sweeps) {
      const site = await this.#sites.get(sweep)?.catch(ignore);
      this.#sites.delete(sweep);
      await site?.close();
    }
  }

  async #leave(worker: Worker<PointJob>): Promise<void> {
    await worker.close();
    const { client } = this.#connection;
    await client.pipeline().del(workerKey(this.#id)).srem(workersKey, this.#id).exec();
    await liveSweeps(client);
    await removeLeftovers(client, queueName(this.#build));
  }
}

/** Returns a job to the queue. The next worker runs only its remaining points. */
async function giveBack(job: Job<PointJob>, token: string | undefined, rest: PointJob): Promise<never> {
  const { WaitingError } = await import("bullmq");
  await job.updateData(rest);
  await job.moveToWait(token);
  throw new WaitingError();
}

const ignore = (): undefined => undefined;

/** Cancels its timer, which would keep the process alive. */
async function settledWithin(patienceMs: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, delay(patienceMs, undefined, { signal: over.signal }).catch(ignore)]);
  over.abort();
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
