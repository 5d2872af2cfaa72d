/** A worker with at most one question at a time. One that takes too long is ended, and a fresh one takes its place. */
import type { Answers, Ask, Numbered, Reply } from "./protocol.ts";

/** What a seat needs of a worker. */
export interface WorkerLike {
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: Numbered<Ask>): void;
  terminate(): void;
}

export type MakeWorker = () => WorkerLike;

/** The work was ended before it was done. */
export class Stopped extends Error {
  /** `budget`: it took too long. `replaced`: something newer is to be done. */
  readonly why: "budget" | "replaced";

  constructor(why: Stopped["why"]) {
    super(`the work was stopped: ${why}`);
    this.name = "Stopped";
    this.why = why;
  }
}

interface Pending {
  readonly id: number;
  resolve(answer: Answers[Ask["kind"]]): void;
  reject(error: Error): void;
}

export class Seat {
  readonly #make: MakeWorker;
  #worker: WorkerLike;
  #pending: Pending | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  /** The worker starts to load at once. */
  constructor(make: MakeWorker) {
    this.#make = make;
    this.#worker = this.#started();
  }

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  /** Rejects with `Stopped`, or with an Error if the worker breaks. Only for a seat that is not busy. */
  ask<Kind extends Ask["kind"]>(ask: Extract<Ask, { kind: Kind }>, budgetMs: number): Promise<Answers[Kind]> {
    if (this.isBusy) throw new Error("the seat is busy");
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Answers[Kind]>((resolve, reject) => {
      this.#pending = { id, resolve: resolve as Pending["resolve"], reject };
      this.#timer = setTimeout(() => this.stop("budget"), budgetMs);
      this.#worker.postMessage({ ...ask, id } as Numbered<Ask>);
    });
  }

  /** Ends what is being done, if anything is. */
  stop(why: Stopped["why"]): void {
    if (this.#pending === undefined) return;
    this.#restart();
    this.#settle((pending) => pending.reject(new Stopped(why)));
  }

  #restart(): void {
    this.#worker.terminate();
    this.#worker = this.#started();
  }

  #started(): WorkerLike {
    const worker = this.#make();
    worker.onmessage = ({ data }) => this.#replied(data);
    worker.onerror = ({ message }) => {
      this.#restart();
      this.#settle((pending) => pending.reject(new Error(message ?? "the worker does not start")));
    };
    return worker;
  }

  #replied(reply: Reply): void {
    if (reply.id !== this.#pending?.id) return;
    this.#settle((pending) => {
      if (reply.kind === "answer") pending.resolve(reply.answer);
      else pending.reject(new Error(reply.message));
    });
  }

  #settle(how: (pending: Pending) => void): void {
    const pending = this.#pending;
    clearTimeout(this.#timer);
    this.#pending = undefined;
    if (pending !== undefined) how(pending);
  }
}
