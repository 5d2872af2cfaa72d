/** Finds normalisations that exporters have taken apart: x less its mean, over the root of its mean square. */
import type { Step } from "../graph/step.ts";
import type { Value } from "../value.ts";

/** Normalisations as one operator each. */
export interface Normalisations {
  /** Operators that are part of one: all but its last. */
  readonly parts: ReadonlySet<Step>;
  /** The division that ends each, and the value that is normalised. */
  readonly ends: ReadonlyMap<Step, Value>;
}

export function findNormalisations(steps: readonly Step[]): Normalisations {
  const finder = new Finder(steps);
  const parts = new Set<Step>();
  const ends = new Map<Step, Value>();
  for (const step of steps) {
    const found = finder.endingAt(step);
    if (found === undefined) continue;
    for (const part of found.parts) parts.add(part);
    ends.set(step, found.value);
  }
  return { parts, ends };
}

interface Found {
  readonly parts: readonly Step[];
  readonly value: Value;
}

class Finder {
  readonly #makers = new Map<Value, Step>();

  constructor(steps: readonly Step[]) {
    for (const step of steps) for (const result of step.results) this.#makers.set(result, step);
  }

  /** y / √(mean(y²) + ε), or y · (1 / √…); y may be x less its mean. */
  endingAt(step: Step): Found | undefined {
    const [above, below] = step.node.inputs;
    if (above === undefined || below === undefined) return undefined;
    if (step.node.op === "Div") return this.#over(above, below, []);
    if (step.node.op !== "Mul") return undefined;
    return this.#timesInverse(above, below) ?? this.#timesInverse(below, above);
  }

  #timesInverse(value: Value, inverse: Value): Found | undefined {
    const maker = this.#makers.get(inverse);
    if (maker?.node.op === "Reciprocal") return this.#over(value, maker.node.input(0), [maker]);
    const isOne = maker?.node.op === "Div" && maker.node.inputs[0]?.isFixed === true;
    return isOne ? this.#over(value, maker.node.input(1), [maker]) : undefined;
  }

  #over(value: Value, root: Value, before: readonly Step[]): Found | undefined {
    const sqrt = this.#madeBy(root, "Sqrt");
    const sum = sqrt && this.#madeBy(sqrt.node.input(0), "Add");
    const mean = sum && this.#meanIn(sum);
    const square = mean && this.#squareOf(mean.node.input(0), value);
    if (sqrt === undefined || sum === undefined || mean === undefined || square === undefined) return undefined;
    const parts = [...before, sqrt, sum, mean, ...square];
    return this.#lessItsMean(value, parts) ?? { parts, value };
  }

  #madeBy(value: Value, op: string): Step | undefined {
    const maker = this.#makers.get(value);
    return maker?.node.op === op ? maker : undefined;
  }

  /** The operand that is a mean; the other is ε. */
  #meanIn({ node }: Step): Step | undefined {
    for (const input of node.inputs) {
      const mean = input && this.#madeBy(input, "ReduceMean");
      if (mean !== undefined) return mean;
    }
    return undefined;
  }

  /** The square of the value, with the operator that made the value anew, if one did. */
  #squareOf(square: Value, value: Value): readonly Step[] | undefined {
    const maker = this.#makers.get(square);
    const [first, second] = maker?.node.inputs ?? [];
    if (maker === undefined || first === undefined || second === undefined) return undefined;
    const isSquare = maker.node.op === "Pow" ? second.isFixed : maker.node.op === "Mul" && second === first;
    if (!isSquare) return undefined;
    if (first === value) return [maker];
    const [one, other] = [this.#makers.get(first), this.#makers.get(value)];
    return one !== undefined && other !== undefined && isSameWork(one, other) ? [maker, one] : undefined;
  }

  #lessItsMean(value: Value, parts: readonly Step[]): Found | undefined {
    const less = this.#madeBy(value, "Sub");
    const [whole, mean] = less?.node.inputs ?? [];
    const maker = mean && this.#madeBy(mean, "ReduceMean");
    if (less === undefined || whole === undefined || maker?.node.inputs[0] !== whole) return undefined;
    return { parts: [...parts, less, maker], value: whole };
  }
}

/** Exporters compute a difference twice where the code does. */
const isSameWork = ({ node: a }: Step, { node: b }: Step): boolean =>
  a.op === "Sub" &&
  b.op === "Sub" &&
  a.inputs.length === b.inputs.length &&
  a.inputs.every((input, i) => input === b.inputs[i]);
