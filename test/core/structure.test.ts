/** How the files of the core depend on each other; type imports count. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const core = join(import.meta.dirname, "../../src/core");

const files = readdirSync(core, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

const imports: ReadonlyMap<string, readonly string[]> = new Map(
  files.map((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(core, file), "utf8"), true, true);
    const target = (name: string) => relative(core, resolve(core, dirname(file), name)).replaceAll("\\", "/");
    return [file, importedFiles.map(({ fileName }) => target(fileName))];
  }),
);

const folderOf = (file: string): string => (file.includes("/") ? dirname(file) : ".");

/** The files that a file imports, through others as well. */
function reached(file: string, found = new Set<string>()): ReadonlySet<string> {
  for (const next of imports.get(file) ?? []) {
    if (found.has(next)) continue;
    found.add(next);
    reached(next, found);
  }
  return found;
}

test("no file imports itself through others", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => reached(file).has(file))).toEqual([]);
});

test("the engine knows no effect and no policy; effects and the policy's side do not know each other", () => {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    engine: [".", "engine"],
    effects: [".", "engine", "effects"],
    policy: [".", "engine", "policy"],
  };
  const wrong = [...imports].flatMap(([file, targets]) => {
    const may = allowed[folderOf(file)];
    return may === undefined ? [] : targets.filter((target) => !may.includes(folderOf(target))).map((to) => [file, to]);
  });
  expect(wrong).toEqual([]);
});

test("only the run loop puts the parts together: no other file beside the folders imports from them", () => {
  const inside = ["engine", "effects", "policy"];
  const wrong = [...imports].filter(
    ([file, targets]) => folderOf(file) === "." && targets.some((target) => inside.includes(folderOf(target))),
  );
  expect(wrong.map(([file]) => file)).toEqual(["simulate.ts"]);
});
