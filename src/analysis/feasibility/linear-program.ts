/** A small linear program, solved by the revised simplex method with column generation. */

export interface Column {
  /** Worth of one unit. */
  readonly value: number;
  /** How much of each limit one unit takes, 0 or more. */
  readonly takes: Float64Array;
}

/** The column of most worth (value minus prices x takes) at these prices; undefined if none has a positive worth. */
export type Pricing = (prices: Float64Array) => Column | undefined;

const TOLERANCE = 1e-9;
const MOST_ROUNDS = 500;

/**
 * Dual prices of the limits at the maximum of values x amounts, where all that the amounts take stays within `limits`
 * (all above 0). After MOST_ROUNDS it stops early, with prices that are good but not best. Callers must prove their
 * claims from the prices alone (weak duality). Then neither rounding nor an early stop can make a claim wrong.
 */
export function bestPrices(limits: readonly number[], pricing: Pricing): Float64Array {
  const basis = new Basis(limits);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const prices = basis.prices();
    const column = slackWorthMore(prices, limits.length) ?? pricing(prices);
    if (column === undefined || worth(column, prices) <= TOLERANCE) return prices;
    if (!basis.enter(column)) return prices;
  }
  return basis.prices();
}

function worth({ value, takes }: Column, prices: Float64Array): number {
  return takes.reduce((sum, amount, row) => sum - amount * prices[row]!, value);
}

/** The slack of a limit with a negative price: leaving the limit unused is worth more. */
function slackWorthMore(prices: Float64Array, rows: number): Column | undefined {
  const row = prices.findIndex((price) => price < -TOLERANCE);
  return row < 0 ? undefined : unit(row, rows);
}

function unit(row: number, rows: number): Column {
  const takes = new Float64Array(rows);
  takes[row] = 1;
  return { value: 0, takes };
}

/** The columns in use, one per limit. At first each is the slack of its limit. */
class Basis {
  readonly #rows: number;
  /** Inverse of the matrix of the columns in use, [row * rows + column]. */
  readonly #inverse: Float64Array;
  readonly #values: Float64Array;
  readonly #amounts: Float64Array;

  constructor(limits: readonly number[]) {
    this.#rows = limits.length;
    this.#inverse = new Float64Array(this.#rows ** 2);
    for (let row = 0; row < this.#rows; row++) this.#inverse[row * this.#rows + row] = 1;
    this.#values = new Float64Array(this.#rows);
    this.#amounts = Float64Array.from(limits);
  }

  prices(): Float64Array {
    const rows = this.#rows;
    return Float64Array.from({ length: rows }, (_, column) =>
      this.#values.reduce((sum, value, row) => sum + value * this.#inverse[row * rows + column]!, 0),
    );
  }

  /** Replaces the column that runs out first. Returns false if none runs out. */
  enter({ value, takes }: Column): boolean {
    const rows = this.#rows;
    const direction = Float64Array.from({ length: rows }, (_, row) =>
      takes.reduce((sum, amount, column) => sum + this.#inverse[row * rows + column]! * amount, 0),
    );
    const leaving = this.#firstToRunOut(direction);
    if (leaving === undefined) return false;
    this.#pivot(leaving, direction);
    this.#values[leaving] = value;
    return true;
  }

  #firstToRunOut(direction: Float64Array): number | undefined {
    let leaving: number | undefined;
    let least = Infinity;
    direction.forEach((step, row) => {
      if (step > TOLERANCE && this.#amounts[row]! / step < least) [leaving, least] = [row, this.#amounts[row]! / step];
    });
    return leaving;
  }

  #pivot(leaving: number, direction: Float64Array): void {
    this.#amounts[leaving] = this.#amounts[leaving]! / direction[leaving]!;
    this.#scaleRow(leaving, 1 / direction[leaving]!);
    direction.forEach((step, row) => {
      if (row === leaving || step === 0) return;
      this.#amounts[row] = Math.max(0, this.#amounts[row]! - step * this.#amounts[leaving]!);
      this.#subtractRow(row, leaving, step);
    });
  }

  #scaleRow(row: number, factor: number): void {
    const rows = this.#rows;
    for (let i = row * rows; i < (row + 1) * rows; i++) this.#inverse[i] = this.#inverse[i]! * factor;
  }

  #subtractRow(row: number, from: number, factor: number): void {
    const rows = this.#rows;
    for (let i = 0; i < rows; i++) {
      this.#inverse[row * rows + i] = this.#inverse[row * rows + i]! - factor * this.#inverse[from * rows + i]!;
    }
  }
}
