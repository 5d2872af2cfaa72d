/**
 * The dynamic behaviour of a variant as branches. A branch jumps from one row to a later one if a draw is below its
 * threshold. A skip gate jumps over its layers, an exit to the end, and a loop of n steps past its last step.
 */
import { type Purpose, purpose, uniform } from "./draws.ts";
import type { EarlyExit, SkipGate, VariableLoop, Variant } from "./model.ts";

/** A jump that is taken with some probability. */
export interface Branch {
  /** It is decided before `layer` and jumps to `target`; a target equal to the number of layers is the end. */
  readonly layer: number;
  readonly target: number;
  /** It jumps if the draw `uniform(.., why, drawIndex)` is below this. */
  readonly threshold: number;
  readonly why: Purpose;
  readonly drawIndex: number;
  /** Probability that a job that gets here jumps; for estimates. */
  readonly chance: number;
  /** Index in the variant's exits; -1: no exit. Only a job that ran the layer before can leave by an exit. */
  readonly exitIndex: number;
}

/** In the order in which they are decided: by layer, and at one layer exits, loops, then gates, outer ones first. */
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

/** One draw sets the number of steps: the loop ends before step s + 1 if the draw is below P(at most s steps). */
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

/** The branches of a whole program, by row. A row without branches costs one comparison. */
export class BranchTable {
  /** Branches of row r are first[r] .. first[r + 1] - 1. */
  readonly #first: Int32Array;
  readonly #branches: readonly Branch[];
  /** Of each branch: the row of its variant's first layer. */
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

  /** Whether a branch is decided before a row. */
  hasBranches(row: number): boolean {
    return this.#first[row]! < this.#first[row + 1]!;
  }

  /** The branches that are decided before a row, in order, and where each jumps to. */
  *at(row: number): Iterable<{ readonly branch: Branch; readonly targetRow: number }> {
    for (let i = this.#first[row]!; i < this.#first[row + 1]!; i++) {
      const branch = this.#branches[i]!;
      yield { branch, targetRow: this.#base[i]! + branch.target };
    }
  }

  /** The row that a job runs next, after it reached a row by running the layer before it or by a jump. */
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

/** Where a job continues. */
export interface NextRow {
  readonly row: number;
  /** Exit taken; -1: none. */
  readonly exitIndex: number;
}
