/** The text that results are hashed as. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { sortedJson } from "../../src/input/sorted-json.ts";

test("keys are sorted at every depth, lists are not", () => {
  expect(sortedJson({ b: [{ d: 1, c: "x" }, 2], a: null })).toBe('{"a":null,"b":[{"c":"x","d":1},2]}');
});

test("what JSON cannot say is left out or null, as JSON.stringify does it", () => {
  expect(sortedJson({ a: undefined, b: [undefined, Number.NaN, Infinity, -0] })).toBe('{"b":[null,null,null,0]}');
});

test("any plain value reads back as itself, whatever the order of its keys", () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, reversed(each)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(sortedJson(reversed(value))).toBe(sortedJson(value));
    }),
  );
});
