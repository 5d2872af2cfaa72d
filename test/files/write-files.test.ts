/** Files that come together: all of them or none. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeEmptyFolders } from "../../src/files/output-file.ts";
import { writeFiles } from "../../src/files/write-files.ts";
import { folderWith } from "../cli/call.ts";

/** The second cannot be written: its folder is a file by then. */
const files = [
  { path: "a/b/first.yaml", text: "1\n" },
  { path: "a/b/first.yaml/second.yaml", text: "2\n" },
];
const options = (folder: string) => ({ folder, present: "replace", shown: (path: string) => path }) as const;

test("what is new is taken back if a later file cannot be written", () => {
  const folder = folderWith({ "mine.txt": "mine" });
  expect(() => writeFiles(files, options(folder))).toThrow("cannot write");
  expect(readdirSync(folder)).toEqual(["mine.txt"]);
});

test("what was there stays: folders, and files that were replaced already", () => {
  const folder = folderWith({});
  mkdirSync(join(folder, "a/b"), { recursive: true });
  expect(() => writeFiles(files, options(folder))).toThrow("cannot write");
  expect(readdirSync(join(folder, "a"))).toEqual(["b"]);
  writeFiles(files.slice(0, 1), options(folder));
  expect(() => writeFiles(files, options(folder))).toThrow("cannot write");
  expect(readFileSync(join(folder, "a/b/first.yaml"), "utf8")).toBe("1\n");
  expect(readdirSync(join(folder, "a/b"))).toEqual(["first.yaml"]);
});

test("folders that somebody has begun to use are not removed, nor what is above them", () => {
  const folder = folderWith({ "a/b/c/mine.txt": "" });
  mkdirSync(join(folder, "a/b/d"));
  removeEmptyFolders(["a", "a/b", "a/b/d", "a/b/gone"].map((name) => join(folder, name)));
  expect(readdirSync(join(folder, "a/b"))).toEqual(["c"]);
  expect(existsSync(join(folder, "a/b/c/mine.txt"))).toBe(true);
});
