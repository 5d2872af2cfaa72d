/** What can be written at a place of a file, by its schema and the names that there are. */
import type { CursorPlace } from "./cursor-place.ts";
import { type Part, partsAt, type Schemas } from "./schema-walk.ts";

export interface Proposal {
  readonly label: string;
  /** What is inserted. */
  readonly text: string;
  readonly kind: "key" | "word" | "name";
  /** A few words beside it. */
  readonly detail: string;
  /** What the schema says of it. */
  readonly description: string;
}

export interface Proposals {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Proposal[];
}

/** Names that files refer to, with a title for each. */
export interface KnownNames {
  readonly models: readonly { readonly name: string; readonly title: string }[];
}

export interface CompletionContext {
  readonly schemas: Schemas;
  /** Such as `scenario.schema.json`. */
  readonly file: string;
  readonly names: KnownNames;
}

export function proposals(place: CursorPlace, context: CompletionContext): Proposals {
  const options = place.at === "key" ? keysAt(place, context) : valuesAt(place, context);
  return { from: place.from, to: place.to, options };
}

function keysAt(place: CursorPlace, context: CompletionContext): readonly Proposal[] {
  const parts = partsAt(context.schemas, context.file, place.path, place.value);
  const seen = new Set(place.siblings);
  const found: Proposal[] = [];
  for (const { file, schema } of parts) {
    for (const key of Object.keys(schema.properties ?? {})) {
      if (seen.has(key)) continue;
      seen.add(key);
      const own = partsAt(context.schemas, context.file, [...place.path, key], place.value);
      const isRequired = parts.some((part) => part.file === file && part.schema.required?.includes(key));
      const description = descriptionOf(own);
      found.push({
        label: key,
        text: `${key}: `,
        kind: "key",
        detail: isRequired ? "required" : typeOf(own),
        description,
      });
    }
  }
  // A list may have plain words where a mapping was assumed.
  return found.length > 0 ? found : valuesAt(place, context);
}

function valuesAt(place: CursorPlace, context: CompletionContext): readonly Proposal[] {
  const { path, at, key } = place;
  const own = at === "value" ? [...path, key!] : at === "item" ? [...path, 0] : path;
  const parts = partsAt(context.schemas, context.file, own, place.value);
  return [...words(parts), ...names(at === "value" ? key! : String(path.at(-1) ?? ""), place, context)];
}

/** `on` and `off` have other spellings, which need not be proposed. */
const spellings = new Set<unknown>(["yes", "no", true, false]);

function words(parts: readonly Part[]): readonly Proposal[] {
  const listed = parts.flatMap(({ schema }) => {
    const options = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
    return options.includes("on") ? options.filter((option) => !spellings.has(option)) : options;
  });
  const booleans = parts.some(({ schema }) => schema.type === "boolean") ? [true, false] : [];
  const description = descriptionOf(parts);
  return [...new Set([...listed, ...booleans])]
    .map(String)
    .map((label) => ({ label, text: label, kind: "word", detail: "", description }));
}

function names(key: string, { value }: CursorPlace, { names: known }: CompletionContext): readonly Proposal[] {
  const named = (label: string, detail: string): Proposal => {
    return { label, text: label, kind: "name", detail, description: "" };
  };
  if (key === "model" || key === "models") return known.models.map(({ name, title }) => named(name, title));
  if (["after", "task", "tasks", "reads"].includes(key)) return taskIds(value).map((id) => named(id, "task"));
  if (key === "dataflow") return ["ws", "os", "rs", ...ownDataflows(value)].map((name) => named(name, "dataflow"));
  return [];
}

function taskIds(document: unknown): readonly string[] {
  const { tasks } = (document ?? {}) as { readonly tasks?: unknown };
  if (!Array.isArray(tasks)) return [];
  return tasks.map((task) => (task as { readonly id?: unknown } | null)?.id).filter((id) => typeof id === "string");
}

const ownDataflows = (document: unknown): readonly string[] =>
  Object.keys((document as { readonly dataflows?: object } | undefined)?.dataflows ?? {});

/** What hovering over a key says; undefined: the schema does not know it. */
export function keyDescription(place: CursorPlace, context: CompletionContext): string | undefined {
  if (place.at === "item" || place.key === undefined || place.key === "") return undefined;
  const parts = partsAt(context.schemas, context.file, [...place.path, place.key], place.value);
  if (parts.length === 0) return undefined;
  const description = descriptionOf(parts);
  const type = typeOf(parts);
  return [description, type === "" ? "" : `(${type})`].filter((text) => text !== "").join(" ") || undefined;
}

/** The nearest one: a reference may have its own beside that of its target. */
const descriptionOf = (parts: readonly Part[]): string =>
  parts.find(({ schema }) => schema.description !== undefined)?.schema.description ?? "";

function typeOf(parts: readonly Part[]): string {
  const options = parts.flatMap(({ schema }) => schema.enum ?? []);
  if (options.includes("on")) return "on or off";
  const types = parts.flatMap(({ schema: { type } }) => type ?? []);
  const [type] = types;
  if (options.length > 0 && options.length <= 4) return options.join(", ");
  return type === undefined ? "" : (typeWords[type] ?? type);
}

const typeWords: Readonly<Record<string, string>> = {
  object: "mapping",
  array: "list",
  string: "text",
  integer: "whole number",
};
