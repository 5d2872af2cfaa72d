/** Files in memory: paths, names and where they come from. */
import { describe, expect, test } from "vitest";
import { MemoryFiles } from "../../src/request/memory-files.ts";
import { noCaller } from "../../src/run/run-files.ts";

const files = new MemoryFiles(
  { ...noCaller, files: { "./a/one.yaml": "one", "a/two.yml": "two", "top.yaml": "top", "/root/x.yaml": "x" } },
  { "workloads/models/one.yaml": "built-in one", "hardware/soc.yaml": "soc", "hardware/soc.csv": "table" },
);
const text = (path: string | undefined) => path && new TextDecoder().decode(files.read(path));

describe("a path", () => {
  test.each([
    ["one.yaml", "a/two.yml", "a/one.yaml"],
    ["../top.yaml", "a/one.yaml", "top.yaml"],
    ["./b/../one.yaml", "a/one.yaml", "a/one.yaml"],
    ["../../up.yaml", "a/one.yaml", "../up.yaml"],
    ["/root/x.yaml", "a/one.yaml", "/root/x.yaml"],
    ["../y.yaml", "/root/x.yaml", "/y.yaml"],
    ["soc.csv", "built-in:/hardware/soc.yaml", "built-in:/hardware/soc.csv"],
    ["../../../x.yaml", "built-in:/hardware/soc.yaml", "built-in:/../../x.yaml"],
  ])("%s in %s is %s", (path, from, located) => expect(files.locate(path, from)).toBe(located));
});

describe("a name is", () => {
  test("a file beside the one that has it", () => {
    expect(text(files.resolve("model", "one", "a/two.yml"))).toBe("one");
    expect(text(files.resolve("model", "two", "a/one.yaml"))).toBe("two");
  });
  test("else a built-in, also where the file itself has that name", () => {
    expect(text(files.resolve("model", "one", files.commandLine))).toBe("built-in one");
    expect(text(files.resolve("model", "one", "a/one.yaml"))).toBe("built-in one");
    expect(text(files.resolve("system", "soc", "a/one.yaml"))).toBe("soc");
  });
  test("else nothing", () => expect(files.resolve("scenario", "one", files.commandLine)).toBeUndefined());
});

test("names that could be meant are those of built-ins and of files beside", () => {
  expect([...files.names("model", "a/x.yaml")]).toEqual(["one", "one", "two"]);
  expect([...files.names("system", files.commandLine)]).toEqual(["soc", "top"]);
});

test("built-in files are told from others, and have the hash of their content", () => {
  expect(files.origin("built-in:/hardware/soc.yaml")).toEqual({ from: "built-in", path: "hardware/soc.yaml" });
  expect(files.origin("a/one.yaml")).toEqual({ from: "file", path: "a/one.yaml" });
  expect(files.sha256("a/one.yaml")).toBe("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  expect([files.status("no.yaml"), files.status("top.yaml")]).toEqual([
    { kind: "missing" },
    { kind: "file", bytes: 3 },
  ]);
});
