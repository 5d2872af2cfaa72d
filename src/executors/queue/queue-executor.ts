/** Runs points on remote workers through a queue in Redis. docs/cluster.md describes the design. */
import { setTimeout as delay } from "node:timers/promises";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { InputFile } from "../../records/run-result.ts";
import type { PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { Batches } from "./batches.ts";
import { type Build, thisBuild } from "./build.ts";
import { bundleOf } from "./bundle.ts";
import { Connection, type Notify } from "./connection.ts";
import { Flight, type FlyingJob } from "./flight.ts";
import { HEARTBEAT_MS } from "./keys.ts";
import type { Report } from "./protocol.ts";
import type { QueueAddress } from "./queue-address.ts";
import { Session } from "./session.ts";
import { Workforce } from "./workforce.ts";

export interface QueueExecutorOptions {
  /** The sweep's name and hash, and every file that its points read. */
  readonly plan: { readonly name: string; readonly hash: string; readonly inputs: readonly InputFile[] };
  readonly library: Library;
  /** Shows remarks about workers and the connection. */
  readonly notify: Notify;
  /** By default this build. Tests set others. */
  readonly build?: Build;
}

/** Jobs in flight: enough that each thread finds its next ones ready, few enough for Redis and this process. */
const FEWEST_JOBS = 32;
const JOBS_PER_THREAD = 4;
/** A job is sent again if Redis lacks it in this many checks in a row and it still has open points. */
const MOST_MISSES = 2;
const CLOSING_MS = 4_000;

export class QueueExecutor implements PointExecutor {
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #workforce: Workforce;
  #runs = 0;

  private constructor(connection: Connection, session: Session, workforce: Workforce) {
    this.#connection = connection;
    this.#session = session;
    this.#workforce = workforce;
  }

  /** Throws RequestError if there is no queue at the address or a file cannot be sent. */
  static async open(address: QueueAddress, options: QueueExecutorOptions): Promise<QueueExecutor> {
    const { plan, library, notify, build = thisBuild() } = options;
    const bundle = await bundleOf(plan.inputs, library);
    const connection = await Connection.open(address, notify);
    try {
      const { cwd } = library;
      const session = await Session.open(connection, { name: plan.name, hash: plan.hash, cwd, bundle, build });
      return new QueueExecutor(connection, session, new Workforce(connection, build, notify));
    } catch (error) {
      connection.close();
      throw refusal(error, address.hostPort);
    }
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const halt = new AbortController();
    const report = (outcome: PointOutcome): void => {
      if (!halt.signal.aborted) ended(outcome);
    };
    const work = new Work(this.#session, this.#workforce, points, report, this.#runs++);
    const stop = (): void => halt.abort(signal?.reason);
    signal?.addEventListener("abort", stop);
    // The last report, Ctrl-C or an error ends the run, whichever comes first.
    const beats = this.#beats(work, halt.signal).catch((error) => halt.abort(error));
    try {
      await Promise.race([work.run(halt.signal), rejected(halt.signal)]);
    } catch (error) {
      throw refusal(error, this.#connection.hostPort);
    } finally {
      halt.abort();
      signal?.removeEventListener("abort", stop);
      await Promise.race([beats, delay(HEARTBEAT_MS, undefined, { ref: false })]);
    }
  }

  async #beats(work: Work, halt: AbortSignal): Promise<void> {
    while (!halt.aborted) {
      if (this.#connection.isUp()) await work.beat();
      await delay(HEARTBEAT_MS, undefined, { signal: halt }).catch(() => undefined);
    }
  }

  /** Does not wait long for an unreachable Redis: its keys expire by themselves. */
  async close(): Promise<void> {
    const closed = this.#connection.isUp() ? this.#session.close().catch(() => undefined) : Promise.resolve();
    await Promise.race([closed, delay(CLOSING_MS, undefined, { ref: false })]);
    this.#connection.close();
  }
}

/** One call of `run`. */
class Work {
  readonly #session: Session;
  readonly #workforce: Workforce;
  readonly #batches: Batches;
  readonly #ended: (outcome: PointOutcome) => void;
  readonly #run: number;
  readonly #flight = new Flight();

  constructor(
    session: Session,
    workforce: Workforce,
    points: PointSource,
    ended: (outcome: PointOutcome) => void,
    run: number,
  ) {
    this.#session = session;
    this.#workforce = workforce;
    this.#batches = new Batches(points);
    this.#ended = ended;
    this.#run = run;
  }

  async run(halt: AbortSignal): Promise<void> {
    for (;;) {
      await this.#fill();
      if (this.#flight.size === 0 || halt.aborted) return;
      const entries = await this.#session.reports();
      if (halt.aborted) return;
      for (const { report } of entries) if (report !== undefined) this.#receive(report);
      await this.#session.handled(entries.map(({ id }) => id));
    }
  }

  #receive({ run, outcomes, computedMs }: Report): void {
    if (run !== this.#run) return;
    this.#batches.learn(outcomes.length, computedMs);
    for (const outcome of outcomes) if (this.#flight.settle(outcome)) this.#ended(outcome);
  }

  async #fill(): Promise<void> {
    const { threads } = this.#workforce;
    const most = Math.max(FEWEST_JOBS, JOBS_PER_THREAD * threads);
    const jobs: FlyingJob[] = [];
    while (this.#flight.size < most) {
      const points = this.#batches.take(threads);
      if (points.length === 0) break;
      const id = `${this.#session.id}-${this.#run}-${points[0]!.index}-${points.length}`;
      jobs.push(this.#flight.add(id, points));
    }
    await this.#session.send(jobs, this.#run);
  }

  /** Keeps the sweep alive and finds lost and failed jobs. */
  async beat(): Promise<void> {
    const state = await this.#session.beat();
    await this.#workforce.look();
    const { jobs } = this.#flight;
    if (state === "renewed") await this.#session.send(jobs, this.#run);
    else await this.#check(jobs);
    const flying = new Set(this.#flight.jobs.map(({ id }) => id));
    await this.#session.tidy((id) => flying.has(id));
  }

  async #check(jobs: readonly FlyingJob[]): Promise<void> {
    const states = await this.#session.states(jobs);
    for (const [index, job] of jobs.entries()) {
      const state = states[index];
      job.missed = state === undefined ? job.missed + 1 : 0;
      if (state?.failedReason !== undefined && job.open.size > 0) await this.#giveUp(job, state.failedReason);
    }
    const lost = jobs.filter(({ missed, open }) => missed >= MOST_MISSES && open.size > 0);
    for (const job of lost) job.missed = 0;
    await this.#session.send(lost, this.#run);
  }

  /** Fails a job's only point. If there are several, gives each a job of its own to find the one that fails. */
  async #giveUp(job: FlyingJob, reason: string): Promise<void> {
    await this.#session.remove([job.id]);
    if (job.points.length > 1) {
      this.#flight.drop(job);
      this.#batches.again(job.open);
      return;
    }
    const { index } = job.points[0]!;
    this.#flight.settle({ index });
    this.#ended({ kind: "failed", index, failure: failureOf(reason) });
  }
}

/** BullMQ's message for a job whose workers all stopped responding. */
const STALLED = "job stalled more than allowable limit";

const failureOf = (reason: string) =>
  reason === STALLED
    ? { kind: "crash" as const, message: "every worker process that ran it ended or stopped responding" }
    : { kind: "internal" as const, message: `no worker could run it: ${reason}` };

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** Turns an error reply of Redis, for example when it is out of memory, into a RequestError. */
function refusal(error: unknown, hostPort: string): unknown {
  if (!(error instanceof Error) || error.name !== "ReplyError") return error;
  return new RequestError(`the queue at ${hostPort} rejected a command: ${error.message.split("\n", 1)[0]}`);
}
