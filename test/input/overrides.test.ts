/** Other values at places of a file: what is set, what is left alone, and what is said of places that are none. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { System } from "../../src/core/system.ts";
import { overridden, parsePlace } from "../../src/input/overrides.ts";
import type { ParsedFile } from "../../src/input/parsed-file.ts";
import { ProblemList } from "../../src/input/problem-list.ts";
import { parseYaml } from "../../src/input/yaml-document.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles, problemsOf } from "./memory-files.ts";

const fileOf = (text: string): ParsedFile => parseYaml("f.yaml", text, new ProblemList())!;

const set = (text: string, overrides: Readonly<Record<string, unknown>>) => {
  const { file, lost } = overridden(fileOf(text), overrides);
  return { value: file.value, lost };
};

describe("a place", () => {
  test.each([
    ["durationMs", ["durationMs"]],
    ["accelerators[0].pes", ["accelerators", 0, "pes"]],
    ["tasks.ht.fps", ["tasks", "ht", "fps"]],
    ["tasks[left.eye].fps", ["tasks", "left.eye", "fps"]],
    ["a[0][12]", ["a", 0, 12]],
  ])("%s", (text, path) => expect(parsePlace(text)).toEqual(path));
  test.each(["", ".", ".a", "a.", "a..b", "a[", "a[]", "a]", "a b", "a[0]b", " a"])("is not %j", (text) =>
    expect(parsePlace(text)).toBeUndefined(),
  );
});

describe("an override", () => {
  const text = "memory: { bandwidthGBs: 64 }\nlist:\n  - { id: a, size: 1 }\n  - { name: b, size: 2 }\n";
  test("sets a field, by index, by id and by name, and leaves the rest", () => {
    expect(set(text, { "memory.bandwidthGBs": 32, "list[0].size": 10, "list.b.size": 20 })).toEqual({
      value: {
        memory: { bandwidthGBs: 32 },
        list: [
          { id: "a", size: 10 },
          { name: "b", size: 20 },
        ],
      },
      lost: [],
    });
  });
  test("adds fields, and what they are in", () => {
    expect(set("a: 1\nempty:\n", { b: 2, "c.d": 3, "empty.e": 4 }).value).toEqual({
      a: 1,
      b: 2,
      c: { d: 3 },
      empty: { e: 4 },
    });
  });
  test("comes after the one before it", () => {
    expect(set("a: 1\n", { b: { c: 1, d: 2 }, "b.c": 3 }).value).toEqual({ a: 1, b: { c: 3, d: 2 } });
  });
  test("with null takes a field away, and does nothing where there is none", () => {
    expect(set(text, { memory: null, "nothing.here": null, other: null, "list.a.size": null })).toEqual({
      value: { list: [{ id: "a" }, { name: "b", size: 2 }] },
      lost: [],
    });
  });
  test("changes one of two parts that share an anchor", () => {
    expect(set("a: &x { size: 1, of: { b: 1 } }\nb: *x\n", { "a.of.b": 2 }).value).toEqual({
      a: { size: 1, of: { b: 2 } },
      b: { size: 1, of: { b: 1 } },
    });
  });
  test("finds no key in what every object has by birth", () => {
    expect(set("a: 1\n", { "toString.b": 1, "__proto__.polluted": 1 }).lost).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(set("a: 1\n", { "__proto__.b": 1 }).value as object)).toEqual(["a", "__proto__"]);
  });
  test.each([
    ["list.c.size", 'no entry has the id or name "c"'],
    ["list.bb.size", 'no entry has the id or name "bb"; did you mean "b"?'],
    ["list[2].size", "the last entry of the list is [1]"],
    ["list.0.size", "write [0] for an entry's index"],
    ["memory[0]", "[0] needs a list, and there is none"],
    ["memory.bandwidthGBs.x", 'there is no mapping that could contain "x"'],
    ["a..b", "it is not a place such as accelerators[0].pes"],
  ])("of %s is lost: %s", (place, reason) => {
    const { value, lost } = set(text, { [place]: 1 });
    expect(lost).toEqual([`cannot set ${JSON.stringify(place)}: ${reason}`]);
    expect(value).toEqual(fileOf(text).value);
  });
  test("cannot take an entry out of a list", () => {
    expect(set(text, { "list[0]": null }).lost).toEqual([
      'cannot set "list[0]": null removes fields, not entries of a list',
    ]);
  });
  test("gives what a file with these values would give, whatever they are", () => {
    const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null);
    fc.assert(
      fc.property(json, json, (first, second) => {
        const written = set("a: 0\nlist: [{ id: x, v: 0 }]\n", { a: first, "list.x.v": second }).value;
        expect(written).toEqual({ a: first, list: [{ id: "x", v: second }] });
      }),
    );
  });
});

describe("problems with an override", () => {
  const system =
    "name: sys\ncontextSwitch: off\naccelerators:\n  - { id: npu, dataflow: ws, pes: 512, nocElementsPerCycle: 16 }\n";
  const load = (overrides: Readonly<Record<string, unknown>>): System =>
    loadSystem("s.yaml", memoryFiles({ "s.yaml": system }), overrides);
  const problemsWith = (overrides: Readonly<Record<string, unknown>>) =>
    problemsOf(() => load(overrides)).map(({ code, line, column, message }) => ({ code, line, column, message }));

  test("point at the value that it replaces and name it", () => {
    expect(problemsWith({ "accelerators[0].pes": "many" })).toEqual([
      {
        code: "WRONG_TYPE",
        line: 4,
        column: 35,
        message: expect.stringMatching(/"many".* \(with accelerators\[0\].pes="many"\)$/),
      },
    ]);
  });
  test("point at what it would be in, where the file has no such field", () => {
    expect(problemsWith({ "accelerators.npu.peas": 1 })).toMatchObject([{ code: "UNKNOWN_KEY", line: 4 }]);
  });
  test("of a lost one point as far as its place goes, and name no other", () => {
    const problems = problemsWith({ "accelerators[0].pes": 512, "accelerators.gpu.pes": 1 });
    expect(problems).toMatchObject([{ code: "UNKNOWN_NAME", line: 3, column: 1 }]);
    expect(problems[0]?.message).toBe(
      'cannot set "accelerators.gpu.pes": no entry has the id or name "gpu"; did you mean "npu"?',
    );
  });
  test("tell of numbers that are none", () => {
    expect(problemsWith({ "accelerators[0].pes": Number.NaN })[0]?.message).toContain("accelerators[0].pes=NaN");
  });
  test("are none where it fits", () => {
    expect(load({ "accelerators[0].pes": 1024 }).accelerators[0]).toMatchObject({ id: "npu", pes: 1024 });
  });
});
