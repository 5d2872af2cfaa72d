/** Values of built-in files that were checked when rtmm was built. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type BuiltIn, builtIns, checkedBuiltIn } from "../../src/files/built-ins.ts";
import { Library } from "../../src/files/library.ts";
import type { InputError } from "../../src/input/input-error.ts";
import { ProblemList } from "../../src/input/problem-list.ts";
import { parseYaml } from "../../src/input/yaml-document.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");
const parsed = ({ path }: BuiltIn): unknown => parseYaml(path, readFileSync(path, "utf8"), new ProblemList())!.value;

describe.each(["model", "scenario", "system"] as const)("every built-in %s", (kind) => {
  test("has the value that its text has", () => {
    const files = builtIns(kind);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files)
      expect(checkedBuiltIn(kind, sha256Of(readFileSync(file.path, "utf8")))).toStrictEqual(parsed(file));
  });
});

test("a file that differs by a byte is unknown, and so is one of another kind", () => {
  const text = readFileSync(builtIns("scenario")[0]!.path, "utf8");
  expect(checkedBuiltIn("scenario", sha256Of(`${text}\n`))).toBeUndefined();
  expect(checkedBuiltIn("model", sha256Of(text))).toBeUndefined();
});

/** A library that parses every file. */
class ParsingLibrary extends Library {
  override checkedValue(): undefined {
    return undefined;
  }
}

const problemsOf = (library: Library, overrides: Readonly<Record<string, unknown>>) => {
  try {
    loadScenario(library.find("scenario", "vr-gaming"), library, new Map(), { overrides });
    return [];
  } catch (error) {
    return (error as InputError).problems;
  }
};

test("a problem with a changed value is at the place that parsing finds", () => {
  const overrides = { "tasks.ht.fps": -1, "tasks.es.model": "no-such-model" };
  const problems = problemsOf(new Library("/"), overrides);
  expect(problems.map(({ line }) => line)).not.toContain(undefined);
  expect(problems).toHaveLength(2);
  expect(problems).toEqual(problemsOf(new ParsingLibrary("/"), overrides));
});
