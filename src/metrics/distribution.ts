/** Quantiles of a sample of latencies: exact for a small sample, by a histogram of fixed size beyond. */
import { LogHistogram } from "./log-histogram.ts";
import type { LatencySummary } from "./outcome.ts";

/** Up to this many values, quantiles are exact (8 MB, and 4 more while they grow). Beyond, they are within 1 %. */
const exactSamples = 1_000_000;

/** Most tasks of short runs have no more jobs. */
const initialLength = 64;

export class Distribution {
  readonly #exactSamples: number;
  #count = 0;
  #sumNs = 0;
  #minNs = Infinity;
  #maxNs = -Infinity;
  /** All values so far, in order, then room for more; empty once the histogram exists. */
  #exact = new Float64Array();
  #histogram: LogHistogram | undefined;

  constructor(exact = exactSamples) {
    this.#exactSamples = exact;
  }

  /** Whole ns, at least 0. */
  add(valueNs: number): void {
    this.#sumNs += valueNs;
    if (valueNs < this.#minNs) this.#minNs = valueNs;
    if (valueNs > this.#maxNs) this.#maxNs = valueNs;
    if (this.#histogram === undefined && this.#count === this.#exactSamples) this.#histogram = this.#handOver();
    if (this.#histogram === undefined) this.#store(valueNs);
    else this.#histogram.add(valueNs);
    this.#count += 1;
  }

  /** Adds all values of another distribution. */
  absorb(other: Distribution): void {
    if (other.#histogram === undefined) {
      for (const valueNs of other.#values()) this.add(valueNs);
      return;
    }
    this.#histogram ??= this.#handOver();
    this.#histogram.absorb(other.#histogram);
    this.#count += other.#count;
    this.#sumNs += other.#sumNs;
    this.#minNs = Math.min(this.#minNs, other.#minNs);
    this.#maxNs = Math.max(this.#maxNs, other.#maxNs);
  }

  summary(): LatencySummary {
    const isEmpty = this.#count === 0;
    const quantile = this.#quantiles();
    return {
      count: this.#count,
      sumNs: this.#sumNs,
      minNs: isEmpty ? undefined : this.#minNs,
      p50Ns: quantile(50),
      p95Ns: quantile(95),
      p99Ns: quantile(99),
      maxNs: isEmpty ? undefined : this.#maxNs,
      isExact: this.#histogram === undefined,
    };
  }

  /** The least value, then those at 1 % to 100 %; undefined if there is none. */
  percentiles(): readonly number[] | undefined {
    if (this.#count === 0) return undefined;
    const quantile = this.#quantiles();
    return [this.#minNs, ...Array.from({ length: 99 }, (_, i) => quantile(i + 1)!), this.#maxNs];
  }

  /** Nearest rank. Percentages are whole numbers, so that 95 % of 20 is exactly 19. */
  #quantiles(): (percent: number) => number | undefined {
    const rank = (percent: number) => Math.max(1, Math.ceil((percent * this.#count) / 100));
    if (this.#count === 0) return () => undefined;
    const histogram = this.#histogram;
    if (histogram !== undefined) return (percent) => this.#clamp(histogram.valueAt(rank(percent)));
    const sorted = this.#values().sort();
    return (percent) => sorted[rank(percent) - 1];
  }

  #clamp(valueNs: number): number {
    return Math.min(this.#maxNs, Math.max(this.#minNs, valueNs));
  }

  #store(valueNs: number): void {
    if (this.#count === this.#exact.length) {
      const longer = new Float64Array(Math.max(initialLength, 2 * this.#count));
      longer.set(this.#exact);
      this.#exact = longer;
    }
    this.#exact[this.#count] = valueNs;
  }

  #handOver(): LogHistogram {
    const histogram = new LogHistogram();
    for (const valueNs of this.#values()) histogram.add(valueNs);
    this.#exact = new Float64Array();
    return histogram;
  }

  /** A copy. */
  #values(): Float64Array {
    return this.#exact.slice(0, this.#count);
  }
}
