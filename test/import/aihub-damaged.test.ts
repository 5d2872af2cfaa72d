/** Files of AI Hub that are damaged or changed, and choices that they cannot meet. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AiHubOptions } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { propertyRuns } from "../property-runs.ts";
import { fileNamed, hand, run } from "./hub-files.ts";

const problemsOf = (text: string): Problem[] => {
  try {
    run({ "a.perf.yaml": text });
  } catch (error) {
    if (error instanceof InputError) return [...error.problems];
    throw error;
  }
  return [];
};

describe("choices that cannot be met", () => {
  test.each<[string, AiHubOptions, string]>([
    ["a device that no job ran on", { device: "Board X" }, 'no job ran on "Board X"'],
    ["a runtime that is not there", { runtimes: ["coreml"] }, "it has tflite, qnn_dlc, onnx (--runtime coreml,tflite"],
    ["a precision that is not there", { precisions: ["w4a16"] }, "it has float, w8a8"],
  ])("%s", (_, options, message) => expect(() => run({ "hand.perf.yaml": hand }, options)).toThrow(message));

  test("several devices need a choice, and a part of a name is one if it is clear", () => {
    const two = hand.replace("job_status: Failed", "job_status: Passed\n              inference_time_milliseconds: 3");
    expect(() => run({ "hand.perf.yaml": two })).toThrow('name a device with --device: "Board A (Proxy)", "Board B"');
    expect(() => run({ "hand.perf.yaml": two }, { device: "board" })).toThrow("several devices match");
    expect(() => run({ "hand.perf.yaml": two }, { device: "board b" })).toThrow(
      'Landmarks has no latency on Board B; it has: "Board A (Proxy)"',
    );
    expect(run({ "hand.perf.yaml": two }, { device: "proxy" }).files).not.toEqual([]);
  });
});

describe("damaged files", () => {
  test("line ends and a byte order mark change nothing", () => {
    const plain = run({ "hand.perf.yaml": hand });
    expect(run({ "hand.perf.yaml": hand.replaceAll("\n", "\r\n") })).toEqual(plain);
    expect(run({ "hand.perf.yaml": `\uFEFF${hand}` })).toEqual(plain);
  });

  test.each<[string, (text: string) => string, string, RegExp]>([
    ["a comma in a number", (text) => text.replace(": 1.4", ": 1,4"), "WRONG_TYPE", /got "1,4"; write 1\.4/],
    ["text for a number", (text) => text.replace(": 1.4", ": fast"), "WRONG_TYPE", /must be a number, got "fast"/],
    ["a time of 0", (text) => text.replace(": 1.4", ": 0"), "NOT_POSITIVE", /greater than 0, got 0/],
    ["a unit cut short", (text) => text.replace("unit: NPU", "unit: NP"), "UNKNOWN_NAME", /NPU, GPU or CPU, got "NP"/],
    [
      "a passed job without a time",
      (text) => text.replace(/ +inference_time_milliseconds: 1\.4\n/, ""),
      "MISSING_KEY",
      /passed, but it has no inference_time/,
    ],
    [
      "a list for a mapping",
      (text) => text.replace("Board B:", "Board B: []\n          Board C:"),
      "WRONG_TYPE",
      /list/,
    ],
    ["another file", () => "layers: []\n", "MISSING_KEY", /no perf\.yaml of Qualcomm AI Hub/],
    ["broken YAML", (text) => `${text}  x: [`, "YAML_SYNTAX", /./],
  ])("%s is told at its place", (_, damage, code, message) => {
    const [problem] = problemsOf(damage(hand)).filter(({ severity }) => severity === "error");
    expect(problem).toMatchObject({ code, file: "a.perf.yaml", message: expect.stringMatching(message) });
    expect(problem!.line).toBeGreaterThan(0);
    expect(problem!.column).toBeGreaterThan(0);
  });

  test("cut anywhere, it is refused, or what is taken is in the whole file too, or a warning tells of the cut", () => {
    const whole = new Set(fileNamed(run({ "a.perf.yaml": hand }), "board-a-proxy.csv").split("\n"));
    for (let length = 1; length < hand.length; length += 7) {
      const text = hand.slice(0, length);
      const warnings: Problem[] = [];
      let csv = "";
      try {
        csv = fileNamed(run({ "a.perf.yaml": text }, {}, warnings), "board-a-proxy.csv");
      } catch (error) {
        expect((error as Error).message).not.toBe("");
        continue;
      }
      const isKnown = csv.split("\n").every((row) => whole.has(row) || !row.includes("npu,1.3"));
      expect(isKnown || warnings.length > 0 || text.endsWith("\n")).toBe(true);
    }
  });

  test("whatever is in it, it gives costs or a problem, and nothing else fails", () => {
    const damage = fc.tuple(fc.nat(hand.length - 1), fc.nat(20), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(damage, ([at, length, instead]) => {
        const damaged = hand.slice(0, at) + instead + hand.slice(at + length);
        try {
          const { files } = run({ "a.perf.yaml": damaged }, { device: "board a" });
          expect(files.length).toBeGreaterThan(2);
        } catch (error) {
          expect(error instanceof InputError || error instanceof RequestError).toBe(true);
        }
      }),
      propertyRuns(300),
    );
  });

  test("the order of devices, components and runtimes changes no cost", () => {
    const sorted = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, sorted(each)]),
          );
    const turned = `${JSON.stringify(sorted(parse(hand)))}\n`;
    const rows = (text: string) =>
      fileNamed(run({ "a.perf.yaml": text }, { precisions: ["float"] }), "board-a-proxy.csv")
        .split("\n")
        .sort();
    expect(rows(turned)).toEqual(rows(hand));
  });
});
