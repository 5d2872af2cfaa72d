/** Runs what is shown. While a run is going on, only the newest of the states that follow is kept. */
import type { RunAnswer } from "./protocol.ts";
import { type Seat, Stopped } from "./seat.ts";
import type { PlayState } from "./state.ts";

export type Shown =
  | { readonly kind: "answer"; readonly state: PlayState; readonly answer: RunAnswer }
  /** Ended, because it took too long. */
  | { readonly kind: "stopped"; readonly state: PlayState }
  | { readonly kind: "broken"; readonly state: PlayState; readonly message: string };

export interface ForegroundOptions {
  /** A run may take this long. */
  readonly budgetMs: number;
  /** A run that others wait for may take this long from then on. */
  readonly patienceMs: number;
  readonly show: (shown: Shown) => void;
}

export class Foreground {
  readonly #seat: Seat;
  readonly #options: ForegroundOptions;
  #next: PlayState | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(seat: Seat, options: ForegroundOptions) {
    this.#seat = seat;
    this.#options = options;
  }

  /** Whether what was asked for last is not shown yet. */
  get isBusy(): boolean {
    return this.#seat.isBusy || this.#next !== undefined;
  }

  run(state: PlayState): void {
    this.#next = state;
    if (!this.#seat.isBusy) this.#start();
    else this.#patience ??= setTimeout(() => this.#seat.stop("replaced"), this.#options.patienceMs);
  }

  #start(): void {
    const state = this.#next;
    if (state === undefined) return;
    this.#next = undefined;
    this.#seat
      .ask({ kind: "run", state }, this.#options.budgetMs)
      .then(
        (answer) => this.#options.show({ kind: "answer", state, answer }),
        (error: Error) => this.#failed(state, error),
      )
      .finally(() => {
        clearTimeout(this.#patience);
        this.#patience = undefined;
        if (!this.#seat.isBusy) this.#start();
      });
  }

  #failed(state: PlayState, error: Error): void {
    if (!(error instanceof Stopped)) this.#options.show({ kind: "broken", state, message: error.message });
    else if (error.why === "budget") this.#options.show({ kind: "stopped", state });
  }
}
