/** JSON files whose parts know their place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/input/json-document.ts";
import { jsonFault } from "../../src/input/json-fault.ts";
import type { Path, Side } from "../../src/input/parsed-file.ts";
import { ProblemList } from "../../src/input/problem-list.ts";

function placeIn(text: string, path: Path, side: Side = "value") {
  const file = parseJson("f.json", text, new ProblemList())!;
  const { line, column, frame } = file.problem(path, side, "WRONG_TYPE", "wrong");
  return [line, column, frame.split("\n")[1]!.split("|")[1]!.trim().length];
}

describe("a problem is at", () => {
  const text = '{\n  "name": "a \\"b\\", {c}",\n  "list": [1, [2, 30], { "x": null }],\n  "name": true\n}\n';
  test.each<[string, Path, Side, readonly [number, number, number]]>([
    ["the file", [], "value", [1, 1, 1]],
    ["a value that is given twice, the later one", ["name"], "value", [4, 11, 4]],
    ["a key", ["list"], "key", [3, 3, 6]],
    ["the start of a list", ["list"], "value", [3, 11, 1]],
    ["an entry of a list", ["list", 1, 1], "value", [3, 19, 2]],
    ["a field in a list", ["list", 2, "x"], "value", [3, 31, 4]],
    ["the nearest part above what is not there", ["list", 7, "x"], "value", [3, 11, 1]],
    ["a scalar that has no parts", ["name", "x"], "value", [4, 11, 4]],
  ])("%s", (_, path, side, place) => expect(placeIn(text, path, side)).toEqual(place));
});

/** Every path of a value. */
function pathsOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const below = Object.entries(value).map(([key, each]) => [Array.isArray(value) ? Number(key) : key, each] as const);
  return [[], ...below.flatMap(([step, each]) => pathsOf(each).map((path) => [step, ...path]))];
}

test("any part of any file is found where it starts", () => {
  const start = (text: string, line: number, column: number) =>
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (made, indent) => {
      const text = JSON.stringify(made, undefined, indent);
      const file = parseJson("f.json", text, new ProblemList())!;
      for (const path of pathsOf(file.value)) {
        const { line, column } = file.problem(path, "value", "WRONG_TYPE", "wrong");
        const part = path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], file.value);
        const written = JSON.stringify(part, undefined, indent)[0];
        expect(text[start(text, line!, column!)]).toBe(written);
      }
    }),
  );
});

test.each([
  ["", "EMPTY_FILE", 1, 1, "the file is empty"],
  ['{"a": 1,}', "JSON_SYNTAX", 1, 9, 'not valid JSON: expected a key in double quotes, got "}"'],
  ['{\n  "a": 1\n', "JSON_SYNTAX", 2, 9, "not valid JSON: expected , or }, but the file ends"],
  ['<<<<<<< ours\n{"a": 1}', "JSON_SYNTAX", 1, 1, 'not valid JSON: expected a value, got "<"'],
  ["{a: 1}", "JSON_SYNTAX", 1, 2, 'expected a key in double quotes or }, got "a"'],
  ['{"a" 1}', "JSON_SYNTAX", 1, 6, 'expected :, got "1"'],
  ["[1 2]", "JSON_SYNTAX", 1, 4, 'expected , or ], got "2"'],
  ["[1, 2,\n]", "JSON_SYNTAX", 2, 1, 'expected a value, got "]"'],
  ["[01]", "JSON_SYNTAX", 1, 2, 'expected a value or ], got "0"'],
  ['["a\nb"]', "JSON_SYNTAX", 1, 2, "expected a value or ]"],
  ["[nul]", "JSON_SYNTAX", 1, 2, 'expected a value or ], got "n"'],
  ["{} {}", "JSON_SYNTAX", 1, 4, 'expected the end, got "{"'],
])("%j is refused with its place", (text, code, line, column, message) => {
  const problems = new ProblemList();
  expect(parseJson("f.json", text, problems)).toBeUndefined();
  expect(problems.sorted()).toMatchObject([{ code, line, column, message: expect.stringContaining(message) }]);
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("a text has a fault exactly if the engine cannot read it", () => {
  const slip = fc.record({
    at: fc.nat(),
    text: fc.constantFrom("", ",", '"', "]", "{", ":", "1", "-", ".", "e", "\\", "\n", "x"),
  });
  fc.assert(
    fc.property(fc.json(), slip, fc.nat(2), (json, { at, text }, cut) => {
      const place = at % (json.length + 1);
      const changed = json.slice(0, place) + text + json.slice(place + cut);
      expect(jsonFault(changed) === undefined).toBe(isJson(changed));
    }),
  );
});
