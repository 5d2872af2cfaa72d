/** Default names of layers: their type (or `block`) and a number, counted in each list. */
import { isBlock, type LayerItem } from "./model-file.ts";

export function namesOf(items: readonly LayerItem[]): readonly string[] {
  const given = new Set(items.map(givenName));
  const counts = new Map<string, number>();
  const nextName = (type: string): string => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return given.has(`${type}${count}`) ? nextName(type) : `${type}${count}`;
  };
  return items.map((item) => givenName(item) ?? nextName(typeOf(item)));
}

/** An item may be anything if the schema found problems. */
const givenName = (item: LayerItem): string | undefined => (typeof item?.name === "string" ? item.name : undefined);

const typeOf = (item: LayerItem): string =>
  typeof item === "object" && item !== null && !isBlock(item) ? String(item.type) : "block";
