/** Finds the parts of a JSON Schema that hold for a place in a document. */
import type { Path } from "../../input/parsed-file.ts";

/** Of JSON Schema what ours use. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** By the name of their file, such as `scenario.schema.json`. */
export type Schemas = Readonly<Record<string, Schema>>;

/** A part, with the file that its references start from. */
export interface Part {
  readonly file: string;
  readonly schema: Schema;
}

/** References to references end somewhere; this is only against our own mistakes. */
const MOST_DEPTH = 20;

/** All parts that hold for the value at a path. Of alternatives, those that the value has not ruled out. */
export function partsAt(schemas: Schemas, file: string, path: Path, document: unknown): readonly Part[] {
  let parts = expanded(schemas, { file, schema: schemas[file] ?? {} }, document);
  let value = document;
  for (const step of path) {
    value = inside(value, step);
    parts = parts.flatMap((part) => stepInto(part, step)).flatMap((part) => expanded(schemas, part, value));
  }
  return parts;
}

/** A part with its references followed and its alternatives spread. */
function expanded(schemas: Schemas, part: Part, value: unknown, depth = 0): readonly Part[] {
  if (depth > MOST_DEPTH) return [];
  const { file, schema } = part;
  const more = (each: Schema): readonly Part[] => expanded(schemas, { file, schema: each }, value, depth + 1);
  const { $ref, oneOf = [], anyOf = [], allOf = [] } = schema;
  const referred = $ref === undefined ? undefined : resolved(schemas, file, $ref);
  const alternatives = [...oneOf, ...anyOf].filter((each) => isPossible(schemas, file, each, value));
  const conditional = [schema.then, schema.else].filter((each) => each !== undefined);
  return [
    part,
    ...(referred === undefined ? [] : expanded(schemas, referred, value, depth + 1)),
    ...[...alternatives, ...allOf, ...conditional].flatMap(more),
  ];
}

/** `model.schema.json#/$defs/id`, or `#/$defs/task/properties/priority` of the same file. */
function resolved(schemas: Schemas, file: string, reference: string): Part | undefined {
  const [name, pointer = ""] = reference.split("#");
  const target = name === "" || name === undefined ? file : name;
  let schema: unknown = schemas[target];
  for (const step of pointer.split("/").slice(1)) schema = inside(schema, step);
  return schema === undefined ? undefined : { file: target, schema: schema as Schema };
}

/** Alternatives are told apart by a constant, such as `kind: poisson`. */
function isPossible(schemas: Schemas, file: string, schema: Schema, value: unknown): boolean {
  const part = schema.$ref === undefined ? { file, schema } : resolved(schemas, file, schema.$ref);
  const fixed = Object.entries(part?.schema.properties ?? {}).filter(([, each]) => each.const !== undefined);
  return fixed.every(([key, each]) => {
    const given = inside(value, key);
    return given === undefined || given === null || given === each.const;
  });
}

function stepInto({ file, schema }: Part, step: string | number): readonly Part[] {
  if (typeof step === "number") return schema.items === undefined ? [] : [{ file, schema: schema.items }];
  const own = schema.properties?.[step];
  if (own !== undefined) return [{ file, schema: own }];
  const byPattern = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern).test(step),
  );
  if (byPattern.length > 0) return byPattern.map(([, each]) => ({ file, schema: each }));
  const { additionalProperties } = schema;
  return typeof additionalProperties === "object" ? [{ file, schema: additionalProperties }] : [];
}

const inside = (value: unknown, step: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Readonly<Record<string | number, unknown>>)[step]
    : undefined;
