/** Logs of trtexec, by hand: both places of the name, sums over runs, and the summary of a run. */
import { expect, test } from "vitest";
import { faults, imported, rows, tableOf, trtLog } from "./profiles.ts";

const summary = `[05/08/2024-14:05:10] [I] === Performance summary ===
[05/08/2024-14:05:10] [I] Latency: min = 0.9 ms, max = 1.1 ms, mean = 1.25 ms, median = 1 ms, percentile(90%) = 1.1 ms
[05/08/2024-14:05:10] [I] GPU Compute Time: min = 0.8 ms, max = 1 ms, mean = 0.875 ms, median = 0.9 ms
`;

test("a layer takes its sum over the runs", () => {
  const result = imported({ "net.log": `${summary}${trtLog}[05/08/2024-14:05:14] [I] \n` });
  expect(tableOf(result)).toEqual([
    "model,accelerator,layer,latencyMs",
    "net,gpu,Reformatting CopyNode for Input Tensor 0 to conv1 + relu1,0.5",
    "net,gpu,fc 2,0.25",
  ]);
  expect(result.report.left).toEqual([
    { what: "time between layers", count: 1, why: "a run takes 0.875 ms, its layers 0.75 ms" },
  ]);
});

test("old versions write the name first, and an average of two digits", () => {
  const old = `[I] GPU Compute
[I] min: 0.1 ms
[I] mean: 0.0075 ms
[I] === Profile (4000 iterations ) ===
[I]                       Layer   Time (ms)   Avg. Time (ms)   Time %
[I]  {conv1,relu1} to nvm 3.5         20.00             0.00     80.0
[I]                        fc 2        5.00             0.00     20.0
[I]                       Total       25.00             0.01    100.0
`;
  expect(rows({ "net.log": old })).toEqual(['net,gpu,"{conv1,relu1} to nvm 3.5",0.005', "net,gpu,fc 2,0.00125"]);
});

test("without a Profile the whole takes its mean compute time", () => {
  expect(rows({ "net.log": summary })).toEqual(["net,gpu,0.875"]);
});

test("an explanation of the words below the summary is no time", () => {
  const explained = `[I] === Explanations of the performance metrics ===
[I] GPU Compute Time: the GPU latency to execute the kernels for a query.
[I] Total GPU Compute Time: the summation of the GPU Compute Time of all the queries.
[I] Latency: min = 0.9 ms, max = 1.1 ms, mean = 1.25 ms
`;
  expect(rows({ "net.log": summary + explained })).toEqual(["net,gpu,0.875"]);
});

test.each([
  ["a header without times", trtLog.replace("Time(ms)     Avg.(ms)   Median(ms)", ""), 2, /no header with Layer/],
  ["a row without a name", trtLog.replace("33.3   fc 2", "33.3"), 4, /expected a layer with its times/],
  ["a table without its sum", trtLog.split("\n").slice(0, 4).join("\n"), 4, /ends without its Total/],
  ["a run without times", "[I] === Performance summary ===\n[I] Latency: mean = 1 ms\n", 1, /neither a Profile nor/],
])("%s is told", (_, text, line, message) => {
  expect(faults(text, {}).problems.map((each) => [each.line, each.message])).toContainEqual([
    line,
    expect.stringMatching(message),
  ]);
});
