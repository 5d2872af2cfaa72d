/** Values worth keeping as long as they are in use. */

/** The values asked for last, up to a number of them, by key. */
export class Recent<Value> {
  readonly #capacity: number;
  /** The one asked for longest ago comes first. */
  readonly #values = new Map<string, Value>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key, made where it is not there; what `make` throws is not kept. */
  get(key: string, make: () => Value): Value {
    const value = this.#values.has(key) ? (this.#values.get(key) as Value) : make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#capacity) this.#values.delete(this.#values.keys().next().value as string);
    return value;
  }
}
