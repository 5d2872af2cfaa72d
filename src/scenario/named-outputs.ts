/** What `from` can refer to: outputs of earlier layers and blocks, by name. */
import type { ShapeOrNot } from "./shape.ts";

export class NamedOutputs {
  /** By written name: the latest output. */
  readonly #latest = new Map<string, ShapeOrNot>();
  /** By full name, such as `stage1[0].expand`. */
  readonly #full = new Map<string, ShapeOrNot>();

  constructor(modelInput: ShapeOrNot) {
    this.#latest.set("input", modelInput);
  }

  has(fullName: string): boolean {
    return this.#full.has(fullName);
  }

  add(name: string, fullName: string, output: ShapeOrNot): void {
    this.#latest.set(name, output);
    this.#full.set(fullName, output);
  }

  /** The latest output of that name. A name with a round (`stage1[3].expand`) is looked up from the inside out. */
  find(name: string, prefix: string): ShapeOrNot | undefined {
    const latest = this.#latest.get(name);
    if (latest !== undefined) return latest;
    for (let scope = prefix; scope !== ""; scope = enclosing(scope)) {
      const output = this.#full.get(scope + name);
      if (output !== undefined) return output;
    }
    return this.#full.get(name);
  }

  names(): Iterable<string> {
    return this.#latest.keys();
  }
}

/** `a[0].b[1].` is inside `a[0].`, which is inside the whole model. */
function enclosing(prefix: string): string {
  const end = prefix.lastIndexOf("].", prefix.length - 3);
  return end < 0 ? "" : prefix.slice(0, end + 2);
}
