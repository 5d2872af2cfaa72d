/** Values by name: those of a graph, and below them those of the graphs around it. */
import type { Value } from "../value.ts";

export class Scope {
  readonly #values = new Map<string, Value>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name) ?? this.#outer?.get(name);
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  /** Whether this graph itself has made it. */
  has(name: string): boolean {
    return this.#values.has(name);
  }
}
