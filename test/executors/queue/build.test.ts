/** Which code the hash of a build covers. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { hashedRooms } from "../../../src/executors/queue/build.ts";
import { repository } from "../../repository.ts";

const source = join(repository, "src");

/** Relative imports that remain when the file runs: type imports are erased. */
function importsOf(file: string): string[] {
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext, verbatimModuleSyntax: true },
  });
  const { importedFiles } = ts.preProcessFile(outputText, true, true);
  const relatives = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
  return relatives.map((name) => resolve(dirname(file), name));
}

/** A file and all files of src that it needs to run. Files that the build generates import nothing. */
function filesRunBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const each of existsSync(file) ? importsOf(file) : []) filesRunBy(each, found);
  return found;
}

const roomOf = (file: string): string => relative(source, file).split(sep)[0]!;
const roomsOfSource = readdirSync(source, { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? [each.name] : [],
);

test("covers every room whose code runs a point", () => {
  const files = [...filesRunBy(join(source, "executors/threads/point-worker.ts"))];
  const rooms = roomsOfSource.filter((room) => files.some((file) => roomOf(file) === room));
  expect(rooms).toEqual(expect.arrayContaining(["core", "metrics", "schedulers"]));
  expect(rooms.filter((room) => !hashedRooms.includes(room))).toEqual([]);
});

test("covers only rooms that there are", () => {
  expect(hashedRooms.filter((room) => !roomsOfSource.includes(room))).toEqual([]);
});
