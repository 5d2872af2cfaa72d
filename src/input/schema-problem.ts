/** Converts an error of ajv to a problem with a stable code, a plain message and a position. */
import { nameHint } from "./closest.ts";
import { numberHint } from "./number-hint.ts";
import type { Path } from "./parsed-file.ts";
import type { ProblemCode } from "./problem.ts";
import { quote, show } from "./quote.ts";
import type { Report } from "./report.ts";
import type { SchemaError } from "./schema-error.ts";
import { usualName } from "./usual-names.ts";

interface Finding {
  readonly code: ProblemCode;
  readonly message: string;
  /** The part that the problem is about, if not the value itself. */
  readonly below?: string;
  readonly side?: "key";
}

/** `checked`: the value that the schema describes; `report` is at it. */
export function schemaProblem(error: SchemaError, checked: unknown, report: Report): void {
  // `if` only repeats that the branch it chose has failed.
  if (error.keyword === "if") return;
  // `propertyNames` itself reports it again, and better.
  if (error.propertyName !== undefined) return;
  const path = pathOf(error.instancePath, checked);
  const { code, message, below, side = "value" } = findingOf(error, fieldName(path), error.data);
  const subject = below === undefined ? path : [...path, below];
  const isMissing = code === "MISSING_KEY";
  report.schemaProblem(isMissing ? path : subject, subject, code, message, isMissing ? "key" : side);
}

function findingOf(error: SchemaError, field: string, value: unknown): Finding {
  const { keyword, params } = error;
  switch (keyword) {
    case "type":
      return wrongType(params.type as string | string[], field, value);
    case "required":
      return {
        code: "MISSING_KEY",
        message: `${field} needs ${quote(params.missingProperty)}`,
        below: params.missingProperty as string,
      };
    case "additionalProperties":
      return unknownKey(params.additionalProperty as string, Object.keys(error.parentSchema?.properties ?? {}), field);
    case "propertyNames":
      return {
        code: "BAD_NAME",
        message: `${field}: ${show(params.propertyName)} cannot be a key here`,
        below: params.propertyName as string,
        side: "key",
      };
    case "discriminator":
      return unknownTag(error, field);
    case "enum":
      return unknownChoice(error, field, value);
    case "const":
      return unknownValue(field, value, [params.allowedValue]);
    case "pattern":
      return { code: "BAD_NAME", message: `${field} ${nameRule(error)}, got ${show(value)}` };
    case "not":
      return {
        code: "KEYS_EXCLUDE",
        message: `${field}: ${error.parentSchema?.$comment ?? "these keys exclude each other"}`,
      };
    default:
      return explained(limit(keyword, params.limit as number, field, value), error);
  }
}

/** A list of the wrong length, with what the schema says that its entries mean. */
function explained(finding: Finding, { parentSchema }: SchemaError): Finding {
  const meaning = finding.code === "WRONG_LENGTH" ? parentSchema?.$comment : undefined;
  return meaning === undefined ? finding : { ...finding, message: `${finding.message}: ${String(meaning)}` };
}

function wrongType(types: string | string[], field: string, value: unknown): Finding {
  const wanted = [types].flat();
  const expected = `${field} must be ${wanted.map((type) => typeNames[type] ?? type).join(" or ")}`;
  if (typeof value === "number" && !Number.isFinite(value))
    return { code: "NOT_FINITE", message: `${field} must be a finite number, got ${show(value)}` };
  if (typeof value === "number" && wanted.includes("integer"))
    return { code: "NOT_WHOLE", message: `${expected}, got ${show(value)}` };
  if (value === null) return { code: "WRONG_TYPE", message: `${expected}, but there is no value` };
  if (typeof value === "string" && wanted.some((type) => type === "number" || type === "integer"))
    return { code: "WRONG_TYPE", message: `${expected}, got ${show(value)}${numberHint(value)}` };
  if (wanted.includes("string") && (typeof value === "number" || typeof value === "boolean"))
    return { code: "WRONG_TYPE", message: `${expected}, got ${show(value)}; in quotes it is text` };
  return { code: "WRONG_TYPE", message: `${expected}, got ${show(value)}` };
}

const typeNames: Readonly<Record<string, string>> = {
  number: "a number",
  integer: "a whole number",
  string: "text",
  array: "a list",
  object: "a mapping (key: value)",
  boolean: "true or false",
};

function unknownKey(key: string, known: readonly string[], field: string): Finding {
  const [name] = key.split(":");
  // In braces, {fps:30} is one word to YAML.
  const hint =
    key !== name && known.includes(name!) ? `; write a blank after the colon of ${name}` : wordHint(key, known);
  const message = `unknown key ${quote(key)} in ${field}${hint}`;
  return { code: "UNKNOWN_KEY", message, below: key, side: "key" };
}

function unknownTag(error: SchemaError, field: string): Finding {
  const { tag, tagValue } = error.params as { tag: string; tagValue: unknown };
  if (tagValue === undefined) return { code: "MISSING_KEY", message: `${field} needs ${quote(tag)}`, below: tag };
  const known = tagValues(error, tag);
  if (typeof tagValue !== "string")
    return {
      code: "WRONG_TYPE",
      message: `${tag} must be one of ${known.join(", ")}, got ${show(tagValue)}`,
      below: tag,
    };
  return { ...unknownValue(tag, tagValue, known), below: tag };
}

/** The tags of a discriminated union, read from the comment in its schema. */
function tagValues(error: SchemaError, tag: string): string[] {
  const branches = (error.parentSchema?.$comment as string | undefined) ?? "";
  return branches.startsWith(`${tag}: `) ? branches.slice(tag.length + 2).split(", ") : [];
}

function unknownValue(field: string, value: unknown, known: readonly unknown[]): Finding {
  if (typeof value !== "string")
    return { code: "WRONG_TYPE", message: `${field} must be ${known.join(" or ")}, got ${show(value)}` };
  return { code: "UNKNOWN_NAME", message: `unknown ${field} ${quote(value)}${wordHint(value, known.map(String))}` };
}

/** First what other tools call it: by its letters alone, `deconv` is a `conv`. */
function wordHint(written: string, known: readonly string[]): string {
  const name = usualName(written, known);
  return name === undefined ? nameHint(written, known) : `; did you mean ${quote(name)}?`;
}

/** Of a switch, which takes true and yes as well, the schema's comment names the usual words. */
function unknownChoice(error: SchemaError, field: string, value: unknown): Finding {
  const known = error.params.allowedValues as unknown[];
  const rule = error.parentSchema?.$comment;
  if (rule === undefined) return unknownValue(field, value, known);
  const code = typeof value === "string" ? "UNKNOWN_NAME" : "WRONG_TYPE";
  return { code, message: `${field} ${String(rule)}, got ${show(value)}` };
}

const nameRule = (error: SchemaError): string =>
  (error.parentSchema?.$comment as string | undefined) ?? `must match ${String(error.params.pattern)}`;

function limit(keyword: string, bound: number, field: string, value: unknown): Finding {
  const got = `, got ${show(value)}`;
  switch (keyword) {
    case "exclusiveMinimum":
      return {
        code: bound === 0 ? "NOT_POSITIVE" : "TOO_SMALL",
        message: `${field} must be greater than ${bound}${got}`,
      };
    case "minimum":
      return {
        code: minimumCode(bound, value),
        message: `${field} must be ${bound === 0 ? "0 or more" : `at least ${bound}`}${got}`,
      };
    case "maximum":
      return { code: "TOO_BIG", message: `${field} must be at most ${bound}${got}` };
    case "exclusiveMaximum":
      return { code: "TOO_BIG", message: `${field} must be less than ${bound}${got}` };
    case "minItems":
      return { code: "WRONG_LENGTH", message: `${field} needs at least ${entries(bound)}` };
    case "maxItems":
      return { code: "WRONG_LENGTH", message: `${field} takes at most ${entries(bound)}` };
    case "minProperties":
      return { code: "WRONG_LENGTH", message: `${field} needs at least ${entries(bound)}` };
    case "minLength":
      return { code: "WRONG_LENGTH", message: `${field} must not be empty` };
    case "maxLength":
      return { code: "WRONG_LENGTH", message: `${field} takes at most ${bound} characters` };
    default:
      return { code: "WRONG_TYPE", message: `${field} is not allowed here (${keyword})` };
  }
}

const entries = (count: number): string => `${count} ${count === 1 ? "entry" : "entries"}`;

function minimumCode(bound: number, value: unknown): ProblemCode {
  if (bound === 0) return "NEGATIVE";
  return bound === 1 && typeof value === "number" && value <= 0 ? "NOT_POSITIVE" : "TOO_SMALL";
}

/** `layers[3].kernel` as `kernel`, `tasks[2]` as `tasks[2]`, the top as `the file`. */
function fieldName(path: Path): string {
  let name = "";
  for (const step of path) name = typeof step === "number" ? `${name}[${step}]` : step;
  return name === "" ? "the file" : name;
}

/** Keys and indexes of a JSON pointer. */
function pathOf(pointer: string, root: unknown): Path {
  const steps: (string | number)[] = [];
  let value = root;
  for (const escaped of pointer.split("/").slice(1)) {
    const step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    steps.push(Array.isArray(value) ? Number(step) : step);
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return steps;
}
