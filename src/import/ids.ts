/** Ids of rtmm's files, models, tasks and accelerators from free text. */

/** Leaves room for the number of a duplicate. */
const longestId = 80;

/** Kebab-case id: `ES_RITNet` becomes `es-ritnet`, `XR2 Gen 2 (Proxy)` becomes `xr2-gen-2-proxy`. */
export function kebabCase(name: string, whereEmpty: string): string {
  const id = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z]{2})([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestId)
    .replace(/^-|-$/g, "");
  return id === "" ? whereEmpty : id;
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

/** Distinct ids of things that people named freely; `what` and a number where nothing of a name is left. */
export function idsOf(titles: readonly string[], what: string, taken: readonly string[] = []): string[] {
  return distinctNames(
    titles.map((title, i) => kebabCase(title, `${what}-${i + 1}`)),
    taken,
  );
}

/** The last part of a path. */
export function fileName(file: string): string {
  return file.replace(/^.*[/\\]/, "");
}

/** File name without folders and ending. */
export function baseName(file: string): string {
  return fileName(file).replace(/\.[^.]*$/, "");
}
