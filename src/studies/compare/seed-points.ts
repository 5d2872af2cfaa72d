/** Runs of some seeds of a comparison as points for threads; what comes of it is as if they had run in their order. */
import { SchedulerError } from "../../core/errors.ts";
import type { PointFailure, PointOutcome, PointSource } from "../../executors/point.ts";
import { RequestError } from "../../input/request-error.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Board, Place } from "./board.ts";
import type { ComparisonPlan, PlannedContender } from "./plan.ts";

type Failed = Extract<PointOutcome, { kind: "failed" }>;

/** Seed by seed, so that what an interruption leaves are whole seeds. */
export class SeedPoints implements PointSource {
  readonly count: number;
  readonly caseSize: number;
  readonly #plan: ComparisonPlan;
  readonly #board: Board;
  readonly #seeds: readonly number[];
  readonly #firstIndex: number;
  /** By index. */
  #failed: readonly Failed[] = [];
  #absent: ReadonlyMap<PlannedContender, string> = new Map();
  /** The first failure that stops a comparison. */
  #stop: Failed | undefined;

  /** `firstIndex`: of the seeds among those of the board. */
  constructor(plan: ComparisonPlan, board: Board, seeds: readonly number[], firstIndex: number) {
    this.#plan = plan;
    this.#board = board;
    this.#seeds = seeds;
    this.#firstIndex = firstIndex;
    this.caseSize = plan.contenders.length;
    this.count = seeds.length * plan.cases.length * this.caseSize;
  }

  request(index: number): RunRequest | undefined {
    const place = this.#placeOf(index);
    if (!this.#isOpen(place) || index > (this.#stop?.index ?? this.count)) return undefined;
    const seed = this.#seeds[place.seedIndex - this.#firstIndex]!;
    return this.#plan.cases[place.caseIndex]!.request(seed, this.#contender(place));
  }

  ended(outcome: PointOutcome): void {
    if (outcome.kind === "done") this.#board.put(this.#placeOf(outcome.index), outcome.result);
    else this.#judge([...this.#failed, outcome].sort((a, b) => a.index - b.index));
  }

  /** Whether some were passed over for a failure that has turned out to be none. */
  hasGaps(): boolean {
    if (this.#stop !== undefined) return false;
    return Array.from({ length: this.count }, (_, index) => this.#placeOf(index)).some((place) => this.#isOpen(place));
  }

  /** Tells the board who is left out. What stopped the comparison; undefined: nothing did. */
  settle(): Error | undefined {
    for (const [contender, reason] of this.#absent) this.#board.leaveOut(contender, reason);
    return this.#stop && errorOf(this.#stop.failure);
  }

  /** Goes through failures in their order: one that leaves a contender out makes its later ones void. */
  #judge(failed: readonly Failed[]): void {
    const absent = new Map<PlannedContender, string>();
    this.#failed = failed;
    this.#stop = failed.find(({ index, failure }) => {
      const contender = this.#contender(this.#placeOf(index));
      if (absent.has(contender)) return false;
      if (failure.kind !== "input" || contender.presence === "asked") return true;
      absent.set(contender, failure.message);
      return false;
    });
    this.#absent = absent;
  }

  #isOpen(place: Place): boolean {
    const contender = this.#contender(place);
    return !this.#board.has(place) && !this.#board.isAbsent(contender) && !this.#absent.has(contender);
  }

  #contender({ contenderIndex }: Place): PlannedContender {
    return this.#plan.contenders[contenderIndex]!;
  }

  #placeOf(index: number): Place {
    const { cases, contenders } = this.#plan;
    const whole = Math.floor(index / contenders.length);
    return {
      seedIndex: this.#firstIndex + Math.floor(whole / cases.length),
      caseIndex: whole % cases.length,
      contenderIndex: index % contenders.length,
    };
  }
}

/** As it would have been thrown here. */
function errorOf({ kind, message }: PointFailure): Error {
  switch (kind) {
    case "input":
      return new RequestError(message);
    case "policy":
    case "crash":
      return new SchedulerError(message);
    case "internal": {
      const [first] = message.split("\n");
      return Object.assign(new Error(first), { stack: message });
    }
  }
}
