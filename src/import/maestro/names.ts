/** Names of rtmm's files and ids from the artifact's names. */

/** Leaves room for the number of a duplicate. */
const longestId = 80;

/** Kebab-case id: `ES_RITNet` becomes `es-ritnet`, `social_interactionA` `social-interaction-a`. */
export function kebabCase(name: string, whereEmpty: string): string {
  const id = name
    .replace(/([a-z]{2})([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestId)
    .replace(/^-|-$/g, "");
  return id === "" ? whereEmpty : id;
}

/** A layer's name without characters that rtmm's names may not contain: blanks and brackets. */
export function layerName(name: string): string {
  return name.replace(/[\s[\]]/g, "_").slice(0, 2 * longestId);
}

/** Makes names unique: a later duplicate gets the next free number as a suffix. */
export function distinctNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set([...taken]);
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; used.has(distinct); number += 1) distinct = `${name}-${number}`;
    used.add(distinct);
    return distinct;
  });
}

/** The last part of a path. */
export function fileName(file: string): string {
  return file.replace(/^.*[/\\]/, "");
}

/** File name without folders and ending. */
export function baseName(file: string): string {
  return fileName(file).replace(/\.[^.]*$/, "");
}
