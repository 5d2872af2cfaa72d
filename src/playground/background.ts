/** What may wait: the explanation of a job first, then the bars of all schedulers, one run at a time. */
import type { JobName } from "../records/explanation.ts";
import type { RunResult } from "../records/run-result.ts";
import type { Explained } from "./protocol.ts";
import { type Seat, Stopped } from "./seat.ts";
import type { PlayState } from "./state.ts";

export interface BackgroundOptions {
  readonly budgetMs: number;
  /** What goes on may take so long once something else is wanted. */
  readonly patienceMs: number;
  /** `undefined`: there is no bar, because the run is not possible or took too long. */
  readonly showBar: (scheduler: string, metrics: RunResult["metrics"] | undefined) => void;
}

interface Explaining extends JobName {
  readonly state: PlayState;
  resolve(explained: Explained): void;
  reject(error: Error): void;
}

export class Background {
  readonly #seat: Seat;
  readonly #options: BackgroundOptions;
  #state: PlayState | undefined;
  /** Schedulers whose bars are still to come. */
  #left: string[] = [];
  #explaining: Explaining | undefined;
  #isPaused = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(seat: Seat, options: BackgroundOptions) {
    this.#seat = seat;
    this.#options = options;
  }

  /** Bars for another state: those of the one before are not made any more. */
  bars(state: PlayState, schedulers: readonly string[]): void {
    this.#state = state;
    this.#left = [...schedulers];
    this.#hurry();
    this.#next();
  }

  /** Bars wait until this is set back, so that what is shown comes first. */
  set isPaused(value: boolean) {
    this.#isPaused = value;
    if (!value) this.#next();
  }

  /** The explanation that was asked for before, if it has not come yet, is left out. */
  explain(state: PlayState, job: JobName): Promise<Explained> {
    this.#explaining?.reject(new Stopped("replaced"));
    return new Promise((resolve, reject) => {
      this.#explaining = { ...job, state, resolve, reject };
      this.#hurry();
      this.#next();
    });
  }

  #hurry(): void {
    if (this.#seat.isBusy) this.#patience ??= setTimeout(() => this.#seat.stop("replaced"), this.#options.patienceMs);
  }

  #ended(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#next();
  }

  #next(): void {
    if (this.#seat.isBusy) return;
    if (this.#explaining !== undefined) this.#explain(this.#explaining);
    else if (!this.#isPaused && this.#state !== undefined && this.#left.length > 0) this.#bar(this.#state);
  }

  #explain({ state, task, job, resolve, reject }: Explaining): void {
    this.#explaining = undefined;
    this.#seat
      .ask({ kind: "explain", state, task, job }, this.#options.budgetMs)
      .then(resolve, reject)
      .finally(() => this.#ended());
  }

  #bar(state: PlayState): void {
    const scheduler = this.#left.shift()!;
    const isWanted = () => this.#state === state;
    this.#seat
      .ask({ kind: "bar", state, scheduler }, this.#options.budgetMs)
      .then(
        (answer) => {
          if (isWanted()) this.#options.showBar(scheduler, answer.kind === "metrics" ? answer.metrics : undefined);
        },
        (error: Error) => {
          if (!isWanted()) return;
          const isReplaced = error instanceof Stopped && error.why === "replaced";
          if (isReplaced) this.#left.unshift(scheduler);
          else this.#options.showBar(scheduler, undefined);
        },
      )
      .finally(() => this.#ended());
  }
}
