/** What a compiled schema finds. */

/** As ajv compiles one: whether a value is right. `errors` are those of the last call; null: none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** As ajv's validators tell it where they are verbose. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Given for the check of a key's name. */
  readonly propertyName?: string;
  /** The schema that has the keyword. */
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  /** What is wrong. */
  readonly data?: unknown;
}
