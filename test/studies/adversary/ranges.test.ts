/** Files of ranges: what their spans mean, and what is wrong with them, at its place. */
import { expect, test } from "vitest";
import { Library } from "../../../src/files/library.ts";
import { InputError } from "../../../src/input/input-error.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { loadRanges } from "../../../src/studies/adversary/ranges/load-ranges.ts";
import { spanValues } from "../../../src/studies/adversary/ranges/span-values.ts";
import { call, folderWith } from "../../cli/call.ts";
import { ranges, world } from "./world.ts";

test("a span is one value, a list, or steps that end with the last value", () => {
  expect(spanValues(30, "whole")).toEqual([30]);
  expect(spanValues([60, 30, 60], "whole")).toEqual([30, 60]);
  expect(spanValues({ from: 1, to: 4 }, "whole")).toEqual([1, 2, 3, 4]);
  expect(spanValues({ from: 0.5, to: 1.1, step: 0.25 }, "any")).toEqual([0.5, 0.75, 1, 1.1]);
  expect(spanValues({ from: 0, to: 0.3, step: 0.1 }, "any")).toEqual([0, 0.1, 0.2, 0.3]);
  expect(spanValues({ from: 0, to: 1 }, "any")).toHaveLength(21);
  expect(spanValues({ from: 7, to: 7 }, "any")).toEqual([7]);
});

const loaded = (text: string) => {
  const cwd = folderWith({ ...world, "tiny.yaml": text });
  return loadRanges("tiny.yaml", new Workbench(new Library(cwd)));
};

const problemsIn = (text: string): readonly string[] => {
  try {
    loaded(text);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
  }
};

test("every file that is read is an input", () => {
  const { inputs } = loaded(ranges());
  expect(inputs.map(({ role, path }) => `${role} ${path}`)).toEqual([
    ...["data tiny.yaml", "model long.yaml", "model short.yaml", "system npu.yaml", "data npu.csv"],
  ]);
});

test.each([
  ["an unknown key", ranges("tasks: 2\nfsp: 3"), /^7:1 UNKNOWN_KEY .*did you mean "fps"/],
  ["no models", ranges().replace("models: [long, short]\n", ""), /MISSING_KEY .*models/],
  [
    "an unknown model",
    ranges().replace("short]", "shrot]"),
    /^2:16 UNKNOWN_NAME unknown model "shrot"; did you mean "short"/,
  ],
  ["a model twice", ranges().replace("short]", "long]"), /^2:16 DUPLICATE_ID "long" is already named above/],
  ["a missing file", ranges().replace("npu]", "./no.yaml]"), /^3:11 MISSING_FILE/],
  ["a rate below 0", ranges().replace("fps: 10", "fps: [10, -5]"), /^5:11 NOT_POSITIVE/],
  [
    "a range that ends before it begins",
    ranges("tasks: { from: 3, to: 1 }"),
    /^6:23 TOO_SMALL "to" must be at least "from"/,
  ],
  ["a step that is too large", ranges("tasks: { from: 1, to: 3, step: 5 }"), /^6:32 TOO_BIG "step" must be at most 2/],
  ["too many values", ranges("tasks: { from: 1, to: 900000 }"), /^6:8 TOO_BIG a range has at most 10000 values/],
  ["a probability above 1", ranges("tasks: 2\nprobability: 1.5"), /^7:14 TOO_BIG/],
  ["half a task", ranges("tasks: 1.5"), /^6:8 NOT_WHOLE/],
  [
    "an unknown dataflow",
    ranges("tasks: 2\ndataflows: [ws, so]"),
    /^7:17 UNKNOWN_NAME unknown dataflow "so"; did you mean/,
  ],
])("%s is reported at its place", (_, text, expected) => {
  const problems = problemsIn(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test("all problems are reported at once", () => {
  expect(problemsIn(ranges("tasks: 0\npriority: x").replace("short]", "sort]"))).toHaveLength(3);
});

test("validate knows ranges, by their keys, and checks the files that they name", async () => {
  const cwd = folderWith({ ...world, "tiny.yaml": ranges(), "long.yaml": "name: long\nlayers: 3\n" });
  expect(await call(["validate", "tiny.yaml"], { cwd })).toMatchObject({ code: 2 });
  const sound = folderWith({ ...world, "tiny.yaml": ranges() });
  expect(await call(["validate", "tiny.yaml"], { cwd: sound })).toMatchObject({
    code: 0,
    stdout: "ok  tiny.yaml (ranges)\n",
  });
});

test("show says what ranges are for", async () => {
  const cwd = folderWith({ ...world, "tiny.yaml": ranges() });
  const { code, stderr } = await call(["show", "./tiny.yaml"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining("rtmm adversary --within")]);
});
