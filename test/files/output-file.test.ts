/** Files that rtmm writes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder, OutputFile } from "../../src/files/output-file.ts";
import { folderWith } from "../cli/call.ts";

test("a file is whole when it is there, and takes the place of an older one", () => {
  const folder = folderWith({ "a.csv": "old" });
  const file = new OutputFile(join(folder, "a.csv"));
  const line = `${"é".repeat(50)}\n`;
  for (let i = 0; i < 5000; i += 1) file.write(line);
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("old");
  file.finish();
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe(line.repeat(5000));
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});

test("an abandoned file leaves everything as it was", () => {
  const folder = folderWith({ "a.csv": "old" });
  const file = new OutputFile(join(folder, "a.csv"));
  file.write("new");
  file.abandon();
  expect([readdirSync(folder), readFileSync(join(folder, "a.csv"), "utf8")]).toEqual([["a.csv"], "old"]);
});

test("a device is written to, not replaced", () => {
  const file = new OutputFile("/dev/null");
  file.write("text");
  expect(() => file.finish()).not.toThrow();
});

test("a path that cannot be written is told when it is opened", () => {
  const folder = folderWith({ "file.txt": "" });
  expect(() => new OutputFile(join(folder, "no/a.csv"))).toThrow("its folder does not exist");
  expect(() => new OutputFile(join(folder, "file.txt/a.csv"))).toThrow("a part of the path is not a folder");
  expect(() => new OutputFile(folder)).toThrow("it is a folder");
});

test("a folder is made with those above it, and where it cannot be, that is told at once", () => {
  const folder = folderWith({ "file.txt": "" });
  makeFolder(join(folder, "a/b/c"));
  makeFolder(join(folder, "a/b"));
  expect(readdirSync(join(folder, "a/b"))).toEqual(["c"]);
  expect(() => makeFolder(join(folder, "file.txt"))).toThrow("a file of that name exists");
  expect(() => makeFolder(join(folder, "file.txt/a"))).toThrow("a part of the path is not a folder");
});

test.skipIf(!existsSync("/proc/self"))("a folder that Node's own recursive mkdir would wait for is refused", () => {
  expect(() => makeFolder("/proc/rtmm/out")).toThrow("cannot write /proc/rtmm/out");
});

test("a finished file is not abandoned any more", () => {
  const folder = folderWith({});
  const file = new OutputFile(join(folder, "a.csv"));
  file.write("text");
  file.finish();
  file.abandon();
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("text");
});
