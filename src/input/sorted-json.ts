/** JSON whose text does not depend on the order of keys. For hashes. */

/** As `JSON.stringify`, with the keys of all objects sorted. Only for plain values. */
export function sortedJson(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return `${value}`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return Array.isArray(value) ? `[${value.map(sortedJson).join(",")}]` : sortedObject(value as Record<string, unknown>);
}

function sortedObject(object: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${sortedJson(object[key])}`)
    .join(",")}}`;
}
