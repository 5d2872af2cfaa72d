/** The decisions of a run as they are carried out, one after the other. */
import type {
  DecisionExplained,
  JobDispatched,
  JobDropped,
  JobPreempted,
  Observer,
  VariantChosen,
} from "../core/events.ts";

export type DecisionEvent = JobDispatched | JobPreempted | JobDropped | VariantChosen;

/** Drops for other reasons are no decisions of the policy. */
export function listenToDecisions(listener: (event: DecisionEvent) => void): Observer {
  return {
    jobDispatched: listener,
    jobPreempted: listener,
    variantChosen: listener,
    jobDropped: (event) => {
      if (event.dropReason === "policy") listener(event);
    },
  };
}

/** Numbers for accelerators by their ids, the same in both runs. */
export class AcceleratorCodes {
  readonly #codes = new Map<string, number>();

  /** By index of the accelerator in its system. */
  of(ids: readonly string[]): readonly number[] {
    return ids.map((id) => {
      const code = this.#codes.get(id) ?? this.#codes.size;
      this.#codes.set(id, code);
      return code;
    });
  }
}

const kindCodes = { jobDispatched: 0, jobPreempted: 1, jobDropped: 2, variantChosen: 3 } as const;
const preemptionCodes = { checkpoint: 0, kill: 1, drain: 2 } as const;

/** All that says what was decided: two decisions are the same if these numbers are. */
export function decisionNumbers(event: DecisionEvent, acceleratorCodes: readonly number[]): readonly number[] {
  const { kind, timeNs, taskIndex, jobIndex } = event;
  const common = [kindCodes[kind], timeNs, taskIndex, jobIndex];
  switch (kind) {
    case "jobDispatched": {
      const { acceleratorIndex, units, layerIndex, layers, variantIndex } = event;
      return [...common, acceleratorCodes[acceleratorIndex]!, units, layerIndex, layers, variantIndex];
    }
    case "jobPreempted":
      return [...common, acceleratorCodes[event.acceleratorIndex]!, preemptionCodes[event.how]];
    case "variantChosen":
      return [...common, event.variantIndex];
    case "jobDropped":
      return common;
    default:
      return event satisfies never;
  }
}

const CHUNK = 4096;

/** A hash of each chunk of decisions in a row, so that runs of any length are compared in little memory. */
export class DecisionDigest {
  readonly observer: Observer;
  readonly hashes: string[] = [];
  count = 0;
  readonly #chunkSize: number;
  readonly #words = new Uint32Array(2);
  readonly #number = new Float64Array(this.#words.buffer);
  #high = 0;
  #low = 0;

  constructor(acceleratorCodes: readonly number[], chunkSize = CHUNK) {
    this.#chunkSize = chunkSize;
    this.observer = listenToDecisions((event) => this.#add(decisionNumbers(event, acceleratorCodes)));
  }

  /** With the hash of the decisions since the last full chunk. */
  finish(): readonly string[] {
    if (this.count % this.#chunkSize > 0) this.#close();
    return this.hashes;
  }

  #add(numbers: readonly number[]): void {
    for (const number of numbers) {
      this.#number[0] = number;
      for (const word of this.#words) this.#mix(word);
    }
    this.count += 1;
    if (this.count % this.#chunkSize === 0) this.#close();
  }

  /** FNV-1a by words, twice with different primes and rotations: 64 bits, which collide by accident only. */
  #mix(word: number): void {
    this.#high = Math.imul(this.#high ^ word, 16_777_619);
    this.#high ^= this.#high >>> 15;
    this.#low = Math.imul(this.#low ^ word ^ 0x9e3779b9, 2_246_822_519);
    this.#low ^= this.#low >>> 13;
  }

  #close(): void {
    this.hashes.push(`${this.#high}:${this.#low}`);
    this.#high = 0;
    this.#low = 0;
  }
}

/** A decision, why the policy made it, and why it last waited before. */
export interface KeptDecision {
  readonly event: DecisionEvent;
  readonly why: DecisionExplained | undefined;
  readonly waited: DecisionExplained | undefined;
}

/** Keeps one chunk of decisions with their reasons. */
export class DecisionChunk {
  readonly observer: Observer;
  readonly kept: KeptDecision[] = [];
  /** Decisions before the chunk. */
  readonly first: number;
  readonly #end: number;
  #count = 0;
  #why: DecisionExplained | undefined;
  #waited: DecisionExplained | undefined;

  constructor(chunk: number, chunkSize = CHUNK) {
    this.first = chunk * chunkSize;
    this.#end = this.first + chunkSize;
    this.observer = {
      ...listenToDecisions((event) => this.#decided(event)),
      decisionExplained: (event) => this.#explained(event),
    };
  }

  #explained(event: DecisionExplained): void {
    if (event.decision === "wait") this.#waited = event;
    else this.#why = event;
  }

  #decided(event: DecisionEvent): void {
    const isOwn = this.#why?.taskIndex === event.taskIndex && this.#why.jobIndex === event.jobIndex;
    if (this.#count >= this.first && this.#count < this.#end)
      this.kept.push({ event, why: isOwn ? this.#why : undefined, waited: this.#waited });
    this.#count += 1;
    this.#why = undefined;
    this.#waited = undefined;
  }
}
