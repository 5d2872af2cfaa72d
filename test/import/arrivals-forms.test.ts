/** Traces that are no plain CSV: JSON lines, comments, no header, blanks; and several files on one clock. By hand. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type ArrivalsOptions, importArrivals } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";

const imported = (text: string, options: ArrivalsOptions = {}) => importArrivals([{ text, file: "t.txt" }], options);
const rowsOf = (text: string, options: ArrivalsOptions = {}): readonly string[] =>
  imported(text, options).files[1]!.text.trim().split("\n").slice(1);
function problemsOf(text: string, options: ArrivalsOptions = {}) {
  try {
    imported(text, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ code, line, column, message }) => [code, line, column, message]);
  }
  return [];
}

describe("traces that people publish", () => {
  test("Mooncake's JSON lines are in ms", () => {
    const text = '{"timestamp": 0, "input_length": 6, "output_length": 50, "hash_ids": [0, 1]}\n'.concat(
      '{"timestamp": 3000, "input_length": 7, "output_length": 49, "hash_ids": [0]}\n',
    );
    expect(rowsOf(text)).toEqual(["request,0,50", "request,3000,49"]);
  });

  test("Qwen-Bailian's have the same columns and are in s", () => {
    const line = (timestamp: number) =>
      `{"chat_id": 1, "parent_chat_id": -1, "timestamp": ${timestamp}, "input_length": 5, "output_length": 13, "type": "text"}\n`;
    expect(rowsOf(line(61.114) + line(62.5))).toEqual(["request,0,13", "request,1386,13"]);
  });

  test("Vidur's are in s", () => {
    const text = "arrived_at,num_prefill_tokens,num_decode_tokens\n0.5,591,140\n0.625,547,248\n";
    expect(rowsOf(text)).toEqual(["request,0,140", "request,125,248"]);
  });

  test("BurstGPT has a task for each model; what failed has no work", () => {
    const text = `Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
5,ChatGPT,472,18,490,Conversation log
45,GPT-4,1087,0,1087,Conversation log
65.5,GPT-4,417,505,922,API log
`;
    expect(rowsOf(text)).toEqual(["chat-gpt,0,18", "gpt-4,60500,505"]);
  });
});

test("numbers with commas and others with points are refused: the commas may group thousands", () => {
  const text = "task;releaseMs;scale\na;1,250;1\nb;2;0.5\nc;3;0.5\n";
  const message = 'the table has "1,250" and "0.5", so a comma may group thousands; write each number with a point';
  expect(problemsOf(text)).toEqual([["WRONG_TYPE", 3, 5, message]]);
});

test("one column whose name has blanks is no table of blanks", () => {
  expect(rowsOf("Timestamp (us)\n1000\n3000\n")).toEqual(["request,0", "request,2"]);
  expect(rowsOf("start time\n2024-01-01 00:00:00\n2024-01-01 00:00:01\n")).toEqual(["request,0", "request,1000"]);
  expect(rowsOf("time_s x\n1 2\n3 4\n")).toEqual(["request,0", "request,2000"]);
});

describe("JSON lines", () => {
  test("any keys can be mapped, and every digit of a number counts", () => {
    const text = '{"at_ns": 1403636579763555584, "who": "b"}\n\n{"who": "a", "at_ns": 1403636579763555585}\n';
    expect(rowsOf(text, { time: "at_ns", task: "who" })).toEqual(["b,0", "a,0.000001"]);
  });

  test("a key inside another value is not the column", () => {
    const text = '{"releaseMs": 1}\n{"meta": {"releaseMs": 7}, "releaseMs": 5}\n';
    expect(rowsOf(text)).toEqual(["request,0", "request,4"]);
  });

  test("a list of objects is told", () => {
    expect(problemsOf('[\n  {"releaseMs": 1}\n]\n')).toEqual([
      ["WRONG_TYPE", 1, 1, "this is a JSON list, and rtmm takes an object a line, as `jq -c '.[]'` writes them"],
    ]);
  });

  test("a line that is no object is told, and a value at its key", () => {
    const good = '{"releaseMs": 1}\n';
    expect(problemsOf(`${good}{"releaseMs": \n`)).toEqual([["WRONG_TYPE", 2, 1, "expected a JSON object on one line"]]);
    expect(problemsOf(`${good}[1]\n`)).toEqual([["WRONG_TYPE", 2, 1, "expected a JSON object on one line"]]);
    expect(problemsOf(`${good}{"a": 1, "releaseMs": "soon"}\n`)).toEqual([
      ["WRONG_TYPE", 2, 10, 'expected a number in ms, got "soon"'],
    ]);
    expect(problemsOf(`${good}{"a": 1}\n`)).toEqual([["WRONG_TYPE", 2, 1, 'expected a number in ms, got ""']]);
  });
});

describe("times of sensors", () => {
  test("a comment with as many cells is the header, and its unit counts", () => {
    const text = "#timestamp [ns],filename\n1403636579763555584,a.png\n1403636579813555456,b.png\n";
    expect(rowsOf(text)).toEqual(["request,0", "request,49.999872"]);
    // As people name it who look at the file.
    expect(rowsOf(text, { time: "#timestamp [ns]", timeFormat: "ns" })).toEqual(["request,0", "request,49.999872"]);
  });

  test("blanks separate cells, and a file without names is read by the numbers of its columns", () => {
    const text = "# color images\n# timestamp   filename\n1305031102.175304 a.png\n1305031102.211214  b.png\n";
    expect(rowsOf(text, { timeFormat: "s" })).toEqual(["request,0", "request,35.91"]);
    const plain = "a 1.5\nb 2.5\n";
    expect(rowsOf(`0 ${plain.replace("\n", "\n1 ")}`, { time: "3", timeFormat: "s", task: "2" })).toEqual([
      "a,0",
      "b,1000",
    ]);
  });

  test("a line is a date", () => {
    expect(rowsOf("2011-09-26 13:02:25.964389445\n2011-09-26 13:02:26.067675449\n")).toEqual([
      "request,0",
      "request,103.286004",
    ]);
  });

  test.each([
    ["arrival_time_s", "2000"],
    ["Start time (us)", "0.002"],
    ["arrivalMs", "2"],
    ["timestamp_ns", "0.000002"],
  ])("the unit of %s is in its name", (header, second) => {
    expect(rowsOf(`id,${header}\nx,1\nx,3\n`)).toEqual(["request,0", `request,${second}`]);
  });

  test("a time without a unit is asked for, also where the column is named", () => {
    const message = 'nothing tells the unit of the time in "Start"; say it: --time-format s (or ms, us, ns)';
    expect(problemsOf("Start\n1\n", { time: "Start" })).toEqual([["MISSING_KEY", 1, 1, message]]);
    expect(problemsOf("id,time\nx,1\n")[0]![3]).toBe(message.replace("Start", "time"));
    expect(rowsOf("Start\n1\n", { time: "Start", timeFormat: "s" })).toEqual(["request,0"]);
    expect(rowsOf("Start\n2024-01-01 10:00\n", { time: "Start" })).toEqual(["request,0"]);
  });
});

describe("--together", () => {
  const camera = { text: "#timestamp [ns]\n5000000\n25000000\n", file: "mav0/cam0/data.csv" };
  const imu = { text: "#timestamp [ns],w\n4000000,1\n9000000,1\n", file: "mav0/imu0/data.csv" };

  test("files become tasks of one scenario on one clock", () => {
    const { files } = importArrivals([camera, imu], { together: "Flight" });
    expect(files.map(({ fileName }) => fileName)).toEqual(["flight.yaml", "flight-jobs.csv"]);
    expect(files[1]!.text).toBe("task,releaseMs\nimu0,0\ncam0,1\nimu0,5\ncam0,21\n");
    expect(parse(files[0]!.text)).toMatchObject({
      name: "flight",
      title: "Flight",
      durationMs: 22,
      tasks: [{ id: "cam0" }, { id: "imu0" }],
    });
  });

  test("a part of the time is counted from the first of all", () => {
    const { files } = importArrivals([camera, imu], { together: "flight", fromMs: 1, toMs: 21 });
    expect(files[1]!.text).toBe("task,releaseMs\ncam0,0\nimu0,4\n");
  });

  test("tasks of a file stay apart from those of others", () => {
    const a = { text: "task,releaseMs\nx,0\n", file: "a.csv" };
    const b = { text: "task,releaseMs\nx,1\n", file: "b.csv" };
    expect(importArrivals([a, b], { together: "both" }).files[1]!.text).toBe("task,releaseMs\na-x,0\nb-x,1\n");
  });
});
