/** How far work has come: a bar where somebody looks, plain lines elsewhere. */
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { durationText, showCount, showProgress } from "../../src/cli/progress.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "Date", "setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** Keeps what is written to it. */
function stream(kind: "terminal" | "plain") {
  const written: string[] = [];
  return { written, isTTY: kind === "terminal", write: (text: string) => void written.push(text) };
}

describe("where there is no terminal", () => {
  test("a line comes every ten seconds, with rate and time left", () => {
    const plain = stream("plain");
    const progress = showProgress(plain, { total: 1000, unit: "points" });
    for (let second = 1; second <= 25; second += 1) {
      vi.advanceTimersByTime(1000);
      progress.advance(4 * second);
    }
    progress.stop();
    // 4 a second: 960 more take 240 s, 920 more 230 s, 900 more 225 s.
    expect(plain.written).toEqual([
      "40 of 1000 points, 4.0/s, 4 min 0 s left\n",
      "80 of 1000 points, 4.0/s, 3 min 50 s left\n",
      "100 of 1000 points, 4.0/s, 3 min 45 s left\n",
    ]);
  });
  test("what was finished before does not count as fast work", () => {
    const plain = stream("plain");
    const progress = showProgress(plain, { total: 1000, done: 900, unit: "points" });
    vi.advanceTimersByTime(10_000);
    progress.advance(910);
    expect(plain.written).toEqual(["910 of 1000 points, 1.0/s, 1 min 30 s left\n"]);
  });
  test("what is over before the first line is not told", () => {
    const plain = stream("plain");
    const progress = showProgress(plain, { total: 3, unit: "runs" });
    vi.advanceTimersByTime(9999);
    progress.advance(3);
    progress.stop();
    expect(plain.written).toEqual([]);
  });
  test("a total that turns out to be another one is the one that is told", () => {
    const plain = stream("plain");
    const count = showCount(plain, { total: 3, unit: "runs" });
    count.ended();
    count.expect(5);
    vi.advanceTimersByTime(10_000);
    count.ended();
    expect(plain.written).toEqual(["2 of 5 runs, 0.2/s, 15 s left\n"]);
    expect(count.done).toBe(2);
  });
  test("nothing done is nothing to tell", () => {
    const plain = stream("plain");
    showProgress(plain, { total: 3, unit: "runs" }).stop();
    expect(plain.written).toEqual([]);
  });
  test.each([
    [1, 20, "0.050/s"],
    [999, 100, "10.0/s"],
    [9996, 100, "100/s"],
  ])("%d in %d s are %s, never with an exponent", (done, seconds, rate) => {
    const plain = stream("plain");
    const progress = showProgress(plain, { total: 1e6, unit: "points" });
    vi.advanceTimersByTime(seconds * 1000);
    progress.advance(done);
    expect(plain.written.join("")).toContain(`, ${rate},`);
  });
  test("there are no escape codes", () => {
    const plain = stream("plain");
    const progress = showProgress(plain, { total: 10, unit: "points" });
    vi.advanceTimersByTime(20_000);
    progress.advance(5);
    progress.stop();
    expect(plain.written.join("")).toBe(stripVTControlCharacters(plain.written.join("")));
    expect(plain.written.join("")).not.toContain("\r");
  });
});

test("a terminal has a bar with numbers, rate and time left, and its cursor back at the end", () => {
  const terminal = stream("terminal");
  const progress = showProgress(terminal, { total: 200, unit: "points" });
  vi.advanceTimersByTime(10_000);
  progress.advance(50);
  vi.advanceTimersByTime(1000);
  progress.stop();
  const text = stripVTControlCharacters(terminal.written.join(""));
  expect(text).toContain("0/200 points");
  expect(text).toContain("25 % | 50/200 points | 5.0/s | 30 s left");
  expect(terminal.written.join("")).toContain("\u001b[?25h");
});

test("a terminal sees nothing of work that takes less than a second", () => {
  const terminal = stream("terminal");
  const progress = showProgress(terminal, { total: 2, unit: "runs" });
  vi.advanceTimersByTime(900);
  progress.advance(2);
  progress.note("a remark");
  progress.stop();
  vi.advanceTimersByTime(5000);
  expect(terminal.written).toEqual(["a remark\n"]);
});

test.each([
  [0.2, "1 s"],
  [59.5, "1 min 0 s"],
  [200, "3 min 20 s"],
  [3599.5, "1 h 0 min"],
  [7500, "2 h 5 min"],
])("%d s are told as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));
