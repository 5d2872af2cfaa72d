/** What a user gives for parameters: checked, converted, and told in words. */
import { describe, expect, test } from "vitest";
import type { Scheduler, SchedulerParameter } from "../../src/core/scheduler.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { expectation, resolveParameters } from "../../src/schedulers/parameters.ts";
import * as shared from "../../src/schedulers/shared-parameters.ts";

const alpha = { kind: "number", name: "alpha", summary: "weight", default: 1, min: 0, max: 2 } as const;
const depth = { kind: "number", name: "depth", summary: "queue", default: 4, min: 1, isInteger: true } as const;
const free = { kind: "number", name: "free", summary: "anything", default: 0 } as const;
const mode = { kind: "choice", name: "mode", summary: "how", default: "soft", choices: ["soft", "hard"] } as const;
const text = { kind: "text", name: "text", summary: "words", default: "none" } as const;

const lateDrop = { name: "lateDrop", ...shared.lateDrop };

const taking = (...parameters: SchedulerParameter[]): Scheduler => ({
  name: "mine",
  summary: "a test's",
  source: "test",
  parameters,
  create: () => ({ lateDrop: false, decide: () => {} }),
});
const resolve = (given: Record<string, unknown>) =>
  resolveParameters(taking(alpha, depth, free, mode, lateDrop, text), given);
const resolvedValue = (name: string, given: unknown) => resolve({ [name]: given }).values[name];
const messageOf = (name: string, given: unknown) => resolve({ [name]: given }).problems.map(({ message }) => message);

test("what is not given has its default", () => {
  expect(resolve({})).toEqual({
    values: { alpha: 1, depth: 4, free: 0, mode: "soft", lateDrop: true, text: "none" },
    problems: [],
  });
});

describe("text is converted to what the parameter is:", () => {
  test.each([
    ["alpha", "0.5", 0.5],
    ["alpha", " 2 ", 2],
    ["alpha", 0, 0],
    ["depth", "1e3", 1000],
    ["free", "-7.5", -7.5],
    ["mode", "hard", "hard"],
    ["lateDrop", "off", false],
    ["lateDrop", "on", true],
    ["lateDrop", "false", false],
    ["lateDrop", true, true],
    ["text", 3, "3"],
    ["text", "", ""],
  ])("%s=%s", (name, given, expected) => {
    expect(resolve({ [name]: given }).problems).toEqual([]);
    expect(resolvedValue(name, given)).toBe(expected);
  });
});

describe("a value out of range is a problem that says what is expected:", () => {
  test.each([
    ["alpha", 2.1, 'a number from 0 to 2, got "2.1"'],
    ["alpha", -0.1, "a number from 0 to 2"],
    ["alpha", "", "a number from 0 to 2"],
    ["alpha", "two", 'a number from 0 to 2, got "two"'],
    ["alpha", Number.NaN, "a number from 0 to 2"],
    ["free", "Infinity", "a number, got"],
    ["depth", 1.5, "a whole number from 1, got"],
    ["depth", null, "a whole number from 1"],
    ["mode", "loud", 'one of soft, hard, got "loud"'],
    ["lateDrop", "maybe", 'true or false, got "maybe"'],
    ["lateDrop", 1, "true or false"],
    ["text", true, "text, got"],
  ])("%s=%s", (name, given, expected) => {
    expect(messageOf(name, given)).toEqual([
      expect.stringContaining(`parameter "${name}" of "mine" must be ${expected}`),
    ]);
    expect(resolve({ [name]: given }).problems[0]).toMatchObject({ code: "BAD_PARAMETER", parameter: name });
    expect(resolvedValue(name, given)).toBe(resolve({}).values[name]);
  });
});

test("an unknown parameter names those that there are, and every problem is reported", () => {
  const { problems } = resolve({ alfa: 1, alpha: 9 });
  expect(problems.map(({ code, parameter }) => [code, parameter])).toEqual([
    ["UNKNOWN_PARAMETER", "alfa"],
    ["BAD_PARAMETER", "alpha"],
  ]);
  expect(problems[0]!.message).toBe(
    'scheduler "mine" has no parameter "alfa"; it has: alpha, depth, free, mode, lateDrop, text',
  );
  expect(resolveParameters(taking(), { toString: 1 }).problems[0]!.message).toBe(
    'scheduler "mine" has no parameter "toString"; it has: none',
  );
});

test("granularity is layer, model or a whole number of layers", () => {
  const layers = ["layer", "model", "1", "12"].map(shared.layersOf);
  expect(layers).toEqual([1, Infinity, 1, 12]);
  for (const given of ["0", "1.5", "-3", "", "all", "Infinity"]) {
    expect(() => shared.layersOf(given)).toThrow(
      new RangeError(`granularity must be layer, model or a number of layers, got "${given}"`),
    );
  }
  expect(shared.granularity("layer").default).toBe("layer");
});

test("an expectation reads as words", () => {
  expect([alpha, depth, free, mode, lateDrop, text].map(expectation)).toEqual([
    "a number from 0 to 2",
    "a whole number from 1",
    "a number",
    "one of soft, hard",
    "true or false",
    "text",
  ]);
});

describe("switches, as YAML 1.1 writes them", () => {
  const valuesOf = (scheduler: string, given: Readonly<Record<string, unknown>>) =>
    resolveParameters(schedulers.find(({ name }) => name === scheduler)!, given);

  test.each([false, "false", "no", "off"])("a choice of off takes %j", (tuning) => {
    expect(valuesOf("dream", { tuning })).toMatchObject({ problems: [], values: { tuning: "off" } });
  });
  test("a choice that has no on refuses true", () => {
    expect(valuesOf("dream", { tuning: true }).problems).toMatchObject([{ code: "BAD_PARAMETER" }]);
  });
  test.each([true, "true", "yes", "on"])("true or false takes %j", (lateDrop) => {
    expect(valuesOf("dream", { lateDrop })).toMatchObject({ problems: [], values: { lateDrop: true } });
  });
});
