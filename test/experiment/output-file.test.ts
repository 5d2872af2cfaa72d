/** Files that rtmm writes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputFile } from "../../src/experiment/output-file.ts";
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
