/** Suites: scenarios by name or path. */
import { expect, test } from "vitest";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";

const files = { "vr.yaml": "name: vr\n", "sub/ar.yaml": "name: ar\n" };
const text = (scenarios: string): string => `name: all\ntitle: All\nscenarios: ${scenarios}\n`;
const load = (scenarios: string) => loadSuite("all.yaml", memoryFiles({ ...files, "all.yaml": text(scenarios) }));

test("a suite names the files of its scenarios", () => {
  expect(load("[vr, sub/ar.yaml]")).toEqual({ name: "all", title: "All", scenarios: ["vr.yaml", "sub/ar.yaml"] });
});

test.each([
  ["[vrr]", "UNKNOWN_NAME", 13],
  ["[x/y.yaml]", "MISSING_FILE", 13],
  ["[vr, vr.yaml]", "DUPLICATE_ID", 17],
  ["[]", "WRONG_LENGTH", 12],
  ["[7]", "WRONG_TYPE", 13],
])("scenarios: %s is reported as %s", (scenarios, code, column) => {
  expect(problemsOf(() => load(scenarios))).toMatchObject([{ code, line: 3, column }]);
});
