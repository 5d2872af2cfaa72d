/**
 * Searches a few bounded numbers for the least cost, by neighbours. Source: the parameter search of SDRM3 / DREAM
 * (ASPLOS 2023): evaluate the neighbours at a radius, step along the estimated descent, shrink the radius, about five times.
 * Adaptation: the paper says no more. Here the slope is the difference between both neighbours of a parameter, a step is
 * as long as the radius (all ranges scaled to 0..1), and a step that raised the cost is undone.
 *
 * The search requests one evaluation at a time, so it works over the windows of one run as well as over whole runs:
 * `while (!search.isDone) search.report(costAt(search.nextPoint()))`.
 */

export interface Bound {
  readonly min: number;
  readonly max: number;
  /** Whether only whole numbers are tried. */
  readonly isInteger?: boolean;
}

export interface SearchOptions {
  /** Steps to take; default 5, as the abstract says. */
  readonly steps?: number;
  /** Distance of the first neighbours, as a share of each range; default 0.25. */
  readonly radius?: number;
  /** Factor on the radius after each step; default 0.7: five steps reach 0.69 of a range. */
  readonly shrink?: number;
}

export type Point = readonly number[];

export interface Evaluation {
  readonly point: Point;
  readonly cost: number;
}

export interface SearchStep extends Evaluation {
  /** 0 for the start, then one more after each step. */
  readonly step: number;
}

export class NeighbourSearch {
  /** The point that each step reached and its cost, the start first. */
  readonly path: SearchStep[] = [];
  readonly #bounds: readonly Bound[];
  readonly #steps: number;
  readonly #shrink: number;
  #radius: number;
  #step = 0;
  #best: Evaluation | undefined;
  /** The point that the last step reached, until it is evaluated. */
  #target: Point | undefined;
  #centre: Evaluation | undefined;
  /** Neighbours of the centre that still need an evaluation, and those that have one. */
  #waiting: Neighbour[] = [];
  #evaluated: (Neighbour & Evaluation)[] = [];

  /** Throws RangeError if there are no bounds, or if the start is not within them. */
  constructor(bounds: readonly Bound[], start: Point, { steps = 5, radius = 0.25, shrink = 0.7 }: SearchOptions = {}) {
    const isInside = bounds.every(({ min, max }, i) => start[i]! >= min && start[i]! <= max);
    if (bounds.length === 0 || bounds.length !== start.length || !isInside) {
      throw new RangeError(`the search starts at (${start.join(", ")}), which is not within its bounds`);
    }
    this.#bounds = bounds;
    this.#steps = steps;
    this.#radius = radius;
    this.#shrink = shrink;
    this.#target = start;
  }

  /** All steps are taken: `best` is the result. */
  get isDone(): boolean {
    return this.#step >= this.#steps && this.#target === undefined;
  }

  /** The evaluation of least cost so far (the earliest of equals); undefined before the first report. */
  get best(): Evaluation | undefined {
    return this.#best;
  }

  /** The point to evaluate now; once done, the best one. Repeated calls return the same point. */
  nextPoint(): Point {
    if (this.isDone) return this.#best!.point;
    return this.#waiting[0]?.point ?? this.#target!;
  }

  /** The points of the next reports, in order. None depends on the cost of another. Empty once done. */
  nextPoints(): readonly Point[] {
    if (this.isDone) return [];
    return this.#waiting.length === 0 ? [this.#target!] : this.#waiting.map(({ point }) => point);
  }

  /** Takes the cost of `nextPoint()`. Throws RangeError unless it is finite. */
  report(cost: number): void {
    if (!Number.isFinite(cost)) throw new RangeError(`a cost must be a finite number, got ${cost}`);
    if (this.isDone) return;
    const evaluation = { point: this.nextPoint(), cost };
    if (this.#best === undefined || cost < this.#best.cost) this.#best = evaluation;
    const neighbour = this.#waiting.shift();
    if (neighbour === undefined) this.#arrive(evaluation, this.#best);
    else this.#compare({ ...neighbour, cost });
  }

  /** Continues from the best point so far: a step that raised the cost is undone. */
  #arrive(evaluation: Evaluation, best: Evaluation): void {
    this.path.push({ step: this.#step, ...evaluation });
    this.#target = undefined;
    if (this.isDone) return;
    this.#centre = best;
    this.#evaluated = [];
    this.#waiting = neighbours(best.point, this.#bounds, this.#radius);
    if (this.#waiting.length === 0) this.#step = this.#steps;
  }

  #compare(neighbour: Neighbour & Evaluation): void {
    this.#evaluated.push(neighbour);
    if (this.#waiting.length > 0) return;
    this.#target = descend(this.#centre!, this.#evaluated, this.#bounds, this.#radius);
    this.#step += 1;
    this.#radius *= this.#shrink;
  }
}

interface Neighbour {
  readonly point: Point;
  /** Index of the parameter that differs. */
  readonly parameter: number;
}

/** Down and up in each parameter, as far as the bounds allow. */
function neighbours(centre: Point, bounds: readonly Bound[], radius: number): Neighbour[] {
  return bounds.flatMap((bound, parameter) => {
    const distance = bound.isInteger ? Math.max(radius, 1 / range(bound)) : radius;
    const values = [-distance, distance].map((by) => moved(centre[parameter]!, by, bound));
    return values
      .filter((value) => value !== centre[parameter])
      .map((value) => ({ parameter, point: centre.map((own, i) => (i === parameter ? value : own)) }));
  });
}

/** A step of one radius against the slope; no step without a slope. */
function descend(
  centre: Evaluation,
  around: readonly (Neighbour & Evaluation)[],
  bounds: readonly Bound[],
  radius: number,
): Point {
  const slopes = bounds.map((bound, parameter) => {
    const own = around.filter((neighbour) => neighbour.parameter === parameter);
    // At a bound there is only one neighbour; the centre is the other end.
    const from = own.length === 2 ? own[0]! : centre;
    const to = own[own.length - 1] ?? centre;
    const width = (to.point[parameter]! - from.point[parameter]!) / range(bound);
    return width === 0 ? 0 : (to.cost - from.cost) / width;
  });
  const steepness = Math.hypot(...slopes);
  if (steepness === 0) return centre.point;
  return bounds.map((bound, i) => moved(centre.point[i]!, (-radius * slopes[i]!) / steepness, bound));
}

const range = ({ min, max }: Bound): number => max - min;

/** A value moved by a share of its range, within its bounds. */
function moved(value: number, share: number, bound: Bound): number {
  const target = value + share * range(bound);
  return Math.min(Math.max(bound.isInteger ? Math.round(target) : target, bound.min), bound.max);
}
