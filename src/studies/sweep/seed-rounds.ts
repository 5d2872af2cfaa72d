/** Chooses the points of a sweep with a precision, in rounds over all groups that need more seeds. */
import type { RunRequest } from "../../run/run-setup.ts";
import type { DonePoint } from "./folder/point-line.ts";
import type { PointsFile } from "./folder/points-file.ts";
import type { SweepPlan } from "./plan/sweep-plan.ts";
import type { JudgedPrecision } from "./read/seed-precision.ts";
import { type SeedResults, seedsWanted } from "./summary/seeds-wanted.ts";
import type { SweepWork } from "./sweep-work.ts";

/** Each round is one call of the executor, which keeps all threads busy. Memory grows with groups, not with points. */
export class SeedRounds implements SweepWork {
  readonly count: number;
  readonly caseSize: number;
  readonly done: number;
  readonly mostLeft: number;
  readonly #plan: SweepPlan;
  readonly #precision: JudgedPrecision;
  readonly #points: PointsFile;
  /** By group: how many of its seeds this round wants, and the next. 0: the group belongs to another shard. */
  readonly #wanted: Uint32Array;
  readonly #following: Uint32Array;
  /** Number of points wanted so far. */
  #total: number;
  /** By group: 1 if it has points in this round. */
  readonly #isOpen: Uint8Array;

  /** `own`: the points of the shard, which has whole groups. */
  constructor(
    plan: SweepPlan,
    precision: JudgedPrecision,
    own: { has(index: number): boolean; count: number },
    points: PointsFile,
  ) {
    const groups = plan.count / plan.seedsPerGroup;
    this.count = plan.count;
    this.caseSize = plan.caseSize;
    this.done = points.done;
    this.mostLeft = own.count - points.done;
    this.#plan = plan;
    this.#precision = precision;
    this.#points = points;
    const isOwn = (group: number) => own.has(group * plan.seedsPerGroup);
    this.#wanted = Uint32Array.from({ length: groups }, (_, group) =>
      isOwn(group) ? seedsWanted(precision.firstSeeds, this.#results(group), precision) : 0,
    );
    this.#following = this.#wanted.slice();
    this.#total = this.#wanted.reduce((sum, seeds) => sum + seeds, 0);
    this.#isOpen = new Uint8Array(groups).fill(1);
  }

  get total(): number {
    return this.#total;
  }

  request(index: number): RunRequest | undefined {
    const group = this.#groupOf(index);
    const isWanted = this.#isOpen[group] === 1 && index % this.#plan.seedsPerGroup < this.#wanted[group]!;
    return isWanted && !this.#points.isDone(index) ? this.#plan.request(index) : undefined;
  }

  /** Judges a group as soon as its last point has ended, while other groups still run. */
  ended(index: number): void {
    const group = this.#groupOf(index);
    this.#following[group] = seedsWanted(this.#wanted[group]!, this.#results(group), this.#precision);
  }

  goesOn(): boolean {
    let isAnyOpen = false;
    for (const [group, following] of this.#following.entries()) {
      const more = following - this.#wanted[group]!;
      this.#isOpen[group] = more > 0 ? 1 : 0;
      this.#wanted[group] = following;
      this.#total += more;
      isAnyOpen ||= more > 0;
    }
    return isAnyOpen;
  }

  #groupOf(index: number): number {
    return Math.floor(index / this.#plan.seedsPerGroup);
  }

  #results(group: number): SeedResults {
    const first = group * this.#plan.seedsPerGroup;
    return {
      isDone: (seedIndex) => this.#points.isDone(first + seedIndex),
      point: (seedIndex) => this.#points.record(first + seedIndex) as DonePoint,
    };
  }
}
