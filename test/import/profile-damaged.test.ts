/** Profiles that were damaged on their way: the same result, or a problem at its line and column; never other costs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProfileOptions } from "../../src/import/index.ts";
import type { Problem } from "../../src/input/problem.ts";
import { propertyRuns } from "../property-runs.ts";
import {
  anyColumns,
  anyCsv,
  faults,
  hailo,
  imported,
  openvino,
  ort,
  qnn,
  rknn,
  rows,
  tfliteCsv,
  tfliteNew,
  tfliteOld,
  torch,
  trtLog,
  trtProfile,
  trtTimes,
  tvm,
} from "./profiles.ts";

const csv: ProfileOptions = { columns: anyColumns };
const profiles: readonly (readonly [string, string, ProfileOptions])[] = [
  ["TFLite with starts", tfliteOld, {}],
  ["TFLite with delegates", tfliteNew, {}],
  ["TFLite as CSV", tfliteCsv, {}],
  ["ONNX Runtime", ort, {}],
  ["trtexec profile", trtProfile, {}],
  ["trtexec times", trtTimes, { layersWanted: "none" }],
  ["QNN", qnn, {}],
  ["OpenVINO", openvino, {}],
  ["trtexec log", trtLog, {}],
  ["RKNN", rknn, {}],
  ["PyTorch", torch, {}],
  ["TVM", tvm, {}],
  ["Hailo", hailo, { layersWanted: "none" }],
  ["CSV", anyCsv, csv],
];

describe.each(profiles)("%s", (_, text, options) => {
  const rowsOf = (damaged: string) => rows({ "a.txt": damaged }, options);
  const whole = rowsOf(text);

  test("line ends and a byte order mark change nothing", () => {
    expect(rowsOf(text.replaceAll("\n", "\r\n"))).toEqual(whole);
    expect(rowsOf(`\uFEFF${text}`)).toEqual(whole);
  });

  test("cut anywhere, it gives the same costs, or a problem, or a warning that it is cut", () => {
    for (let length = 0; length < text.length; length += 1) {
      const cut = text.slice(0, length);
      const { message } = faults(cut, options);
      if (message !== "") continue;
      const warnings: Problem[] = [];
      const { report } = imported({ "a.txt": cut }, options, warnings);
      const isWhole = JSON.stringify(rowsOf(cut)) === JSON.stringify(whole);
      const isTold = warnings.some(({ code }) => code === "UNFINISHED_LINE" || code === "NO_EFFECT");
      // Rows of a CSV, runs of QNN and lines of Hailo are not counted anywhere, so a cut between two cannot be seen.
      const isBetweenRows = [anyCsv, qnn, hailo].includes(text) && /[\n\r]\s*$/.test(cut);
      expect([length, isWhole || isTold || isBetweenRows, report.taken.length]).toEqual([length, true, 1]);
    }
  });

  test("whatever is in it, it gives costs or a problem, and nothing else fails", () => {
    const damage = fc.tuple(fc.nat(text.length - 1), fc.nat(12), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(damage, ([at, length, instead]) => {
        const damaged = text.slice(0, at) + instead + text.slice(at + length);
        const { problems, message } = faults(damaged, options);
        if (message === "") expect(rowsOf(damaged).length).toBeGreaterThan(0);
        for (const { line, column, file } of problems)
          expect([file, line! > 0, column! > 0]).toEqual(["a.txt", true, true]);
      }),
      propertyRuns(200),
    );
  });
});

describe("problems are told at their place", () => {
  const places = (text: string, options: ProfileOptions = {}) =>
    faults(text, options).problems.map(({ code, line, message }) => [code, line, message]);

  test.each<[string, string, ProfileOptions, string, number, RegExp]>([
    ["decimal commas of TFLite", tfliteOld.replaceAll(".", ","), {}, "PROFILE_SYNTAX", 5, /decimal point, not a comma/],
    [
      "decimal commas in CSV of TFLite",
      tfliteCsv.replaceAll("0.", "0,"),
      {},
      "PROFILE_SYNTAX",
      3,
      /8 cells below the header in line 2/,
    ],
    ["rows out of order", swapped(tfliteOld, 4, 6), {}, "PROFILE_SYNTAX", 6, /cdf% falls from 100 to 98.554/],
    [
      "a table cut after a row",
      tfliteOld.split("\n").slice(0, 6).join("\n"),
      {},
      "PROFILE_SYNTAX",
      6,
      /ends at 98.554 %/,
    ],
    ["a table without rows", tfliteOld.split("\n").slice(0, 4).join("\n"), {}, "PROFILE_SYNTAX", 4, /no row below/],
    [
      "a decimal comma in JSON",
      ort.replace('"dur":40', '"dur":"4,0"'),
      {},
      "WRONG_TYPE",
      3,
      /got "4,0"; write 4\.0 without quotes/,
    ],
    ["a negative time", ort.replace('"dur":40', '"dur":-40'), {}, "NEGATIVE", 3, /0 or more, got -40/],
    ["a node without a time", ort.replace('"dur":40,', ""), {}, "MISSING_KEY", 3, /"dur" is missing/],
    ["JSON that ends early", ort.slice(0, -3), {}, "JSON_SYNTAX", 8, /the file ends/],
    ["a trace without nodes", ort.replaceAll("Node", "Session"), {}, "PROFILE_SYNTAX", 1, /was profiling enabled/],
    ["a layer without a name", trtProfile.replace('"name" : "fc", ', ""), {}, "MISSING_KEY", 5, /"name" is missing/],
    [
      "a run that ends before it starts",
      trtTimes.replace('"endComputeMs" : 1.2', '"endComputeMs" : 0.1').replace('"computeMs" : 1, ', ""),
      {},
      "TOO_SMALL",
      2,
      /at least startComputeMs/,
    ],
    [
      "JSON of something else",
      '{"model": []}\n',
      {},
      "PROFILE_SYNTAX",
      1,
      /neither a trace of ONNX Runtime or PyTorch nor/,
    ],
    ["a decimal comma in CSV", anyCsv.replace("500", '"0,5"'), csv, "WRONG_TYPE", 2, /must be a number, got "0,5"/],
    [
      "a header with semicolons over rows with commas",
      anyCsv.replace(/"soft.*\n/, "").replace(/^.*\n/, (header) => header.replaceAll(",", ";")),
      csv,
      "CSV_SYNTAX",
      2,
      /the header has 3 fields, but this row has 1/,
    ],
    ["a row without a time", anyCsv.replace("500", ""), csv, "MISSING_KEY", 2, /no Time \(us\)/],
    ["a CSV without a latency", "layer,colour\na,red\n", {}, "MISSING_COLUMN", 1, /--columns latencyMs=/],
    [
      "a summary of Nsight Systems",
      "Processing [x.sqlite]...\nTime (%),Total Time (ns),Instances,Avg (ns),Name\n100.0,7000,10,700,gemm\n",
      {},
      "PROFILE_SYNTAX",
      2,
      /sums over a whole capture.*exportProfile/,
    ],
    [
      "PyTorch's table of averages",
      "-----  ----\n Name    Self CPU %      Self CPU   CPU total\n",
      {},
      "PROFILE_SYNTAX",
      2,
      /key_averages.*export_chrome_trace/,
    ],
    ["an empty file", "", {}, "EMPTY_FILE", 1, /empty/],
  ])("%s", (_, text, options, code, line, message) => {
    expect(places(text, options)).toContainEqual([code, line, expect.stringMatching(message)]);
  });

  test("a meaning that no column can have is refused", () => {
    expect(faults(anyCsv, { columns: new Map([["latencyms", "Time (us)"]]) }).message).toContain(
      'did you mean "latencyMs"?',
    );
  });
});

/** With two lines, from 0, in each other's place. */
function swapped(text: string, a: number, b: number): string {
  const lines = text.split("\n");
  [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  return lines.join("\n");
}
