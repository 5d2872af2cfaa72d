/** Tables of TVM's debug executor, in the form of python/tvm/contrib/debugger/debug_result.py. */
import { expect, test } from "vitest";
import { faults, imported, leftOf, rows, tvm as table, tableOf } from "./profiles.ts";

test("a node is a layer, with its measurements as runs; a further output is no further node", () => {
  const result = imported({ "net.txt": table });
  expect(tableOf(result)).toEqual([
    "model,accelerator,layer,latencyMs,cv",
    "net,device,tvmgen_conv2d_relu,0.3,0.0471405",
    "net,device,tvmgen_split,0.0605,0",
    "net,device,tvmgen_softmax,0.0395,0.0179014",
  ]);
  expect(leftOf(result)).toEqual([["further output of a node", 1]]);
  expect(result.report.hints).toEqual([expect.stringContaining("sort_by_time=False")]);
  expect(rows({ "net.txt": table.replaceAll("\n", "\r\n") })).toEqual(tableOf(result).slice(1));
});

test("in the order of the run the table has no sum", () => {
  const [header, rule, conv, , split, softmax] = table.split("\n");
  const result = imported({ "net.txt": [header, rule, split, conv, softmax, ""].join("\n") });
  expect(
    tableOf(result)
      .slice(1)
      .map((row) => row.split(",")[2]),
  ).toEqual(["tvmgen_split", "tvmgen_conv2d_relu", "tvmgen_softmax"]);
  expect(result.report.hints).toEqual([]);
});

test("older versions have no measurements, and a log may stand before the table", () => {
  const old = table.replace(/ {2}Measurements.*/, "").replaceAll(/ {2}\[.*\]/g, "");
  expect(rows({ "net.txt": `WARNING: Cannot find config\n\n${old}` })).toEqual([
    "net,device,tvmgen_conv2d_relu,0.3",
    "net,device,tvmgen_split,0.0605",
    "net,device,tvmgen_softmax,0.0395",
  ]);
});

test.each([
  ["a row without a time", table.replace("39.5 ", "n/a  "), 6, /expected a node with its Ops/],
  ["a table that ends early", table.split("\n").slice(0, 4).join("\n"), 1, /have 90.125 % of the time/],
  [
    "a row that is missing",
    table.replace(/tvmgen_conv2d.*\n/, ""),
    1,
    /have 25 % of the time together; is the table whole/,
  ],
  ["no node", table.replace(/tvmgen.*\n/g, ""), 1, /no node below/],
])("%s is told", (_, text, line, message) => {
  expect(faults(text).problems.map((each) => [each.line, each.message])).toContainEqual([
    line,
    expect.stringMatching(message),
  ]);
});
