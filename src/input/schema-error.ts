/** What a compiled schema reports. */

/** A validator as ajv compiles it: whether a value is valid. `errors` are those of the last call; null: none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** An error as ajv's verbose validators report it. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Present if the name of a key was checked. */
  readonly propertyName?: string;
  /** The schema that has the keyword. */
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  /** What is wrong. */
  readonly data?: unknown;
}
