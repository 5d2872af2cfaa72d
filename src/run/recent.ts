/** A cache of the most recently used values, by key, with a fixed capacity. */
export class Recent<Value> {
  readonly #capacity: number;
  /** Least recently used first. */
  readonly #values = new Map<string, Value>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Returns the value of a key, and makes it if absent. If `make` throws, nothing is stored. */
  get(key: string, make: () => Value): Value {
    const value = this.#values.has(key) ? (this.#values.get(key) as Value) : make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#capacity) this.#values.delete(this.#values.keys().next().value as string);
    return value;
  }
}
