/**
 * Dynamic behaviour of a variant as branches: at a row, a draw below a threshold jumps to a later row. Skip gates jump
 * over their layers, exits to the end, and a loop of n steps leaves after the n-th.
 */
import { type Purpose, purpose, uniform } from "./draws.ts";
import type { EarlyExit, SkipGate, VariableLoop, Variant } from "./model.ts";

/** A jump that is taken with some probability. */
export interface Branch {
  /** Layer before which it is decided, and layer to go on with; the number of layers: the end. */
  readonly layer: number;
  readonly target: number;
  /** Jumps where the draw `uniform(.., why, drawIndex)` is below it. */
  readonly threshold: number;
  readonly why: Purpose;
  readonly drawIndex: number;
  /** Probability to jump for a job that gets here: what estimates use. */
  readonly chance: number;
  /** Index in the variant's exits; -1: no exit. An exit is only taken by a job that ran the layer before. */
  readonly exitIndex: number;
}

/** In the order in which they are decided: by layer; there exits, loops, then gates, outer ones first. */
export function branchesOf({
  layers,
  skips,
  exits,
  loops,
}: Pick<Variant, "layers" | "skips" | "exits" | "loops">): Branch[] {
  const outerFirst = (a: Branch, b: Branch) => b.target - a.target;
  const gates = skips.map(gateBranch).filter(({ threshold }) => threshold > 0);
  return [
    ...exits.map((exit, index) => exitBranch(exit, index, layers.length)),
    ...loops.flatMap(loopBranches).sort(outerFirst),
    ...gates.sort(outerFirst),
  ].sort((a, b) => a.layer - b.layer);
}

function exitBranch({ afterLayer, probability }: EarlyExit, index: number, layers: number): Branch {
  const draw = { threshold: probability, chance: probability, why: purpose.exit, drawIndex: index };
  return { layer: afterLayer + 1, target: layers, exitIndex: index, ...draw };
}

function gateBranch({ firstLayer, endLayer, probability }: SkipGate, index: number): Branch {
  const draw = { threshold: probability, chance: probability, why: purpose.skip, drawIndex: index };
  return { layer: firstLayer, target: endLayer, exitIndex: -1, ...draw };
}

/** One draw gives the number of steps: before step s + 1 it is over if the draw is below P(at most s steps). */
function loopBranches({ firstLayer, layersPerStep, stepProbabilities }: VariableLoop, index: number): Branch[] {
  const steps = stepProbabilities.length;
  const target = firstLayer + steps * layersPerStep;
  const branches: Branch[] = [];
  let atMost = 0;
  for (let step = 1; step < steps; step++) {
    const probability = stepProbabilities[step - 1]!;
    const chance = probability / (1 - atMost);
    atMost += probability;
    const draw = { threshold: atMost, chance: Math.min(1, chance), why: purpose.steps, drawIndex: index };
    if (probability > 0) branches.push({ layer: firstLayer + step * layersPerStep, target, exitIndex: -1, ...draw });
  }
  return branches;
}

/** Branches by row, for a whole program. Rows without any cost one comparison. */
export class BranchTable {
  /** Branches of row r are first[r] .. first[r + 1] - 1. */
  readonly #first: Int32Array;
  readonly #branches: readonly Branch[];
  /** Row of the layer 0 of each branch's variant. */
  readonly #base: Int32Array;
  readonly isEmpty: boolean;

  /** `byVariant`: first row and branches of each variant, by rising row. */
  constructor(rows: number, byVariant: readonly { readonly firstRow: number; readonly branches: readonly Branch[] }[]) {
    this.#branches = byVariant.flatMap(({ branches }) => branches);
    this.#base = Int32Array.from(byVariant.flatMap(({ firstRow, branches }) => branches.map(() => firstRow)));
    this.#first = new Int32Array(rows + 1);
    this.#branches.forEach(({ layer }, i) => {
      this.#first[this.#base[i]! + layer + 1]! += 1;
    });
    for (let row = 0; row < rows; row++) this.#first[row + 1]! += this.#first[row]!;
    this.isEmpty = this.#branches.length === 0;
  }

  /** Branches decided before a row, in order, with the row they jump to. */
  *at(row: number): Iterable<{ readonly branch: Branch; readonly targetRow: number }> {
    for (let i = this.#first[row]!; i < this.#first[row + 1]!; i++) {
      const branch = this.#branches[i]!;
      yield { branch, targetRow: this.#base[i]! + branch.target };
    }
  }

  /** Where job `jobIndex` of a task goes on when it comes to a row by running the layer before, or by a jump. */
  next(row: number, by: "ran" | "jumped", seed: number, taskIndex: number, jobIndex: number): NextRow {
    let i = this.#first[row]!;
    while (i < this.#first[row + 1]!) {
      const branch = this.#branches[i]!;
      const { threshold, why, drawIndex, exitIndex } = branch;
      const isOpen = exitIndex < 0 || by === "ran";
      if (!isOpen || uniform(seed, taskIndex, jobIndex, why, drawIndex) >= threshold) {
        i += 1;
        continue;
      }
      row = this.#base[i]! + branch.target;
      if (exitIndex >= 0) return { row, exitIndex };
      by = "jumped";
      i = this.#first[row]!;
    }
    return { row, exitIndex: -1 };
  }
}

/** Where a job goes on. */
export interface NextRow {
  readonly row: number;
  /** Exit taken; -1: none. */
  readonly exitIndex: number;
}
