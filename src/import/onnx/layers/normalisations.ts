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
    const parts = [...before, sqrt, sum, mean, square];
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

  #squareOf(square: Value, value: Value): Step | undefined {
    const maker = this.#makers.get(square);
    if (maker === undefined) return undefined;
    const [first, second] = maker.node.inputs;
    const isPower = maker.node.op === "Pow" && first === value && second?.isFixed === true;
    return isPower || (maker.node.op === "Mul" && first === value && second === value) ? maker : undefined;
  }

  #lessItsMean(value: Value, parts: readonly Step[]): Found | undefined {
    const less = this.#madeBy(value, "Sub");
    const [whole, mean] = less?.node.inputs ?? [];
    const maker = mean && this.#madeBy(mean, "ReduceMean");
    if (less === undefined || whole === undefined || maker?.node.inputs[0] !== whole) return undefined;
    return { parts: [...parts, less, maker], value: whole };
  }
}
