/** Notices files that change while a sweep reads them. */

import type { PointOutcome } from "../../../executors/point.ts";
import type { InputFile } from "../../../records/run-result.ts";
import { inputKey } from "./manifest.ts";

export class InputWatch {
  readonly #hashes: Map<string, string>;

  /** `inputs`: the files as they were when the sweep was planned. */
  constructor(inputs: readonly InputFile[]) {
    this.#hashes = new Map(inputs.map((input) => [inputKey(input), input.sha256]));
  }

  /** The outcome, or a failure if its run read a file that is not as planned or as other points read it. */
  checked(outcome: PointOutcome): PointOutcome {
    if (outcome.kind === "failed") return outcome;
    const moved = outcome.result.inputs.find((input) => input.sha256 !== this.#expected(input));
    if (moved === undefined) return outcome;
    const message = `${moved.path} has changed since the sweep was planned: sha256 ${short(this.#expected(moved))} then, ${short(moved.sha256)} when this point ran; put it back and --resume, or sweep into another folder`;
    return { kind: "failed", index: outcome.index, failure: { kind: "input", message } };
  }

  #expected(input: InputFile): string {
    const key = inputKey(input);
    const known = this.#hashes.get(key);
    if (known === undefined) this.#hashes.set(key, input.sha256);
    return known ?? input.sha256;
  }
}

const short = (sha256: string): string => `${sha256.slice(0, 12)}…`;
