/** What hailortcli prints and writes, of HailoRT 4 (`run`, `benchmark`) and 5 (`run2`). */
import { describe, expect, test } from "vitest";
import { hailo as benchmark, faults, imported, leftOf, rows } from "./profiles.ts";

const run = `Running streaming inference (yolo.hef):
Network yolo/yolo: 100% | 456 | HW Latency: 8.61 ms | ETA: 00:00:00
> Inference result:
 Network group: yolo
    Frames count: 456
    HW Latency: 8.614 ms
    Overall Latency: 10.2 ms
`;

const live = `[===>                ]  20% 00:00:04
yolo:   fps: 300.00 | hw latency: 6.00 ms | overall latency: 7.00 ms
pose:   fps: 50.00 | hw latency: 19.10 ms | overall latency: 22.00 ms
\u001b[3A\u001b[0J[===================>] 100% 00:00:00
yolo:   fps: 310.00 |  OPS: N/A | hw latency: 6.50 ms | overall latency: 7.10 ms
pose:   fps: 52.00 | 1.20 TOPS | hw latency: 19.20 ms | overall latency: 22.10 ms
`;

const json = JSON.stringify({
  time: "Fri Nov 27 12:00:00 2026",
  inference_mode: "full_async",
  network_groups: [
    { name: "yolo", full_hef_path: "yolo.hef", FPS: "309.770000", hw_latency: 6.66, overall_latency: 8 },
    { name: "pose", full_hef_path: "pose.hef", FPS: "50.000000" },
  ],
});

describe("a network takes the latency of the hardware", () => {
  test.each([
    ["benchmark", benchmark, ["yolo,hailo,6.66137"]],
    ["run", run, ["yolo,hailo,8.614"]],
    ["run2, at its end", live, ["yolo,hailo,6.5", "pose,hailo,19.2"]],
    ["JSON of run2; without a latency the time between frames", json, ["yolo,hailo,6.66", "pose,hailo,20"]],
    ["the summary alone", benchmark.slice(benchmark.indexOf("FPS     (")), ["a,hailo,6.66137"]],
    [
      "the summary of run2's benchmark",
      `=======\nSummary\n=======\nyolo: FPS: 200.00\n${live.split("\n")[1]}\n`,
      ["yolo,hailo,6"],
    ],
  ])("%s", (_, text, expected) => {
    expect(rows({ "a.txt": text })).toEqual(expected);
    expect(rows({ "a.txt": text.replaceAll("\n", "\r\n") })).toEqual(expected);
  });

  test("frames that overlap on the device are told, and a rate that stands for a latency", () => {
    expect(imported({ "a.txt": benchmark }).report.left).toEqual([
      {
        what: "overlap of frames",
        count: 1,
        why: "a job takes its latency, 6.661 ms, though the device ends a frame every 4 ms",
      },
    ]);
    expect(leftOf(imported({ "a.json": json }))).toEqual([["overlap of frames", 1]]);
    expect(imported({ "a.json": json }).report.hints).toEqual([expect.stringContaining("pose has no latency")]);
  });
});

test.each([
  [
    "a measurement that did not end",
    benchmark.split("\n").slice(0, 2).join("\n").concat("\n | HW Latency: NaN\n"),
    1,
    1,
    /did the measurement end/,
  ],
  ["no network", '{\n"inference_mode": "x",\n"network_groups": []}\n', 3, 19, /no network/],
  [
    "a negative latency",
    '{"inference_mode": "x",\n"network_groups": [{"name": "a", "hw_latency": -1}]}\n',
    2,
    48,
    /0 or more, got -1/,
  ],
  [
    "a network without both",
    '{"inference_mode": "x",\n"network_groups": [{"name": "a"}]}\n',
    2,
    20,
    /neither "hw_latency" nor "FPS"/,
  ],
])("%s is told at its place", (_, text, line, column, message) => {
  expect(faults(text, {}).problems[0]).toMatchObject({ line, column, message: expect.stringMatching(message) });
});
