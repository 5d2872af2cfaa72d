/** Values of a user's file in messages. */

/** The value as written, shortened. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "a mapping";
  if (typeof value === "string") return quote(value);
  return String(value);
}

/** In double quotes, at most 60 characters. */
export function quote(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
