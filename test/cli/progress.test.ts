/** How far work has come: a line on a terminal that looks as it should and leaves nothing behind; nothing elsewhere. */
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { durationText, type ProgressOptions, showProgress } from "../../src/cli/progress.ts";
import { RateEstimate } from "../../src/cli/rate-estimate.ts";
import { aside, statusLineOn } from "../../src/cli/status-line.ts";
import { propertyRuns } from "../property-runs.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "Date", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

const ESC = "\u001b";
const pieces = new RegExp(`\r|${ESC}\\[K|[^\r${ESC}]+`, "g");
const colors = new RegExp(`${ESC}\\[\\d*m`, "g");

/** A terminal, and the rows that one sees on it. */
class Screen {
  readonly isTTY = true;
  readonly columns: number;
  written = "";

  constructor(columns = 80) {
    this.columns = columns;
  }

  write(text: string): void {
    this.written += text;
  }

  /** After all that was written: `\r` goes to the start of the row, `ESC [K` erases the rest of it. */
  get rows(): readonly string[] {
    return stripColors(this.written)
      .split("\n")
      .map((line) => {
        let row = "";
        let column = 0;
        for (const [piece] of line.matchAll(pieces)) {
          if (piece === "\r") column = 0;
          else if (piece.startsWith(ESC)) row = row.slice(0, column);
          else {
            row = row.slice(0, column) + piece + row.slice(column + piece.length);
            column += piece.length;
          }
        }
        return row;
      });
  }
}

const stripColors = (text: string): string => text.replaceAll(colors, "");

function shown(screen: Screen, options: ProgressOptions, color: "always" | "never" = "never") {
  const line = statusLineOn(screen, {});
  return { progress: showProgress(options, { line, color, symbols: "ascii", log: undefined }), line };
}

describe("a terminal", () => {
  test("has a bar with numbers, rate and time left, and nothing of it at the end", () => {
    const screen = new Screen();
    const { progress } = shown(screen, { total: 200, unit: "points" });
    for (let second = 1; second <= 10; second += 1) {
      vi.advanceTimersByTime(1000);
      progress.advance(5 * second);
    }
    vi.advanceTimersByTime(200);
    expect(screen.rows).toEqual(["#####............... 25 %  50 of 200 points  5.0 points/s  30 s left"]);
    vi.advanceTimersByTime(2000);
    expect(screen.rows).toEqual(["#####............... 25 %  50 of 200 points  5.0 points/s  28 s left"]);
    progress.stop();
    vi.advanceTimersByTime(2000);
    expect(screen.rows).toEqual([""]);
    expect(screen.written).not.toContain("\n");
  });

  test("sees nothing of work that takes less than a second", () => {
    const screen = new Screen();
    const { progress, line } = shown(screen, { total: 2, unit: "runs" });
    vi.advanceTimersByTime(900);
    progress.advance(2);
    aside(screen, line).write("a remark\n");
    progress.stop();
    vi.advanceTimersByTime(5000);
    expect(screen.written).toBe("a remark\n");
  });

  test("sees progress of work that never returns to the event loop", () => {
    const screen = new Screen();
    const { progress } = shown(screen, { total: 10, digits: 1, unit: "s simulated", rateUnit: "s/s" });
    progress.about("vr-gaming");
    const startMs = performance.now();
    const now = vi.spyOn(performance, "now");
    for (const [ms, done] of [
      [900, 0.9],
      [1500, 1.5],
      [2000, 2],
    ] as const) {
      now.mockReturnValue(startMs + ms);
      progress.advance(done);
    }
    now.mockRestore();
    expect(screen.rows).toEqual(["##........ vr-gaming  20 %  2.0 of 10.0 s simulated  1.0 s/s  8 s left"]);
    progress.stop();
  });

  test("has what else is written above the line, whole", () => {
    const screen = new Screen();
    const { progress, line } = shown(screen, { total: 10, unit: "runs" });
    const output = aside(screen, line);
    vi.advanceTimersByTime(2000);
    progress.ended();
    output.write("a warning\n");
    expect(screen.rows).toEqual(["a warning", ""]);
    vi.advanceTimersByTime(400);
    expect(screen.rows).toEqual(["a warning", "##.................. 10 %  1 of 10 runs  0.50 runs/s  18 s left"]);
    output.write("done\n");
    progress.stop();
    expect(screen.rows).toEqual(["a warning", "done", ""]);
    expect([output.isTTY, output.columns]).toEqual([true, 80]);
  });

  test("that is narrow has a shorter line, never a wrapped one", () => {
    for (const columns of [60, 30, 10]) {
      const screen = new Screen(columns);
      const { progress } = shown(screen, { total: 200, unit: "points" });
      vi.advanceTimersByTime(5000);
      progress.advance(50);
      vi.advanceTimersByTime(1000);
      expect(screen.rows[0]!.length).toBeLessThan(columns);
      expect(screen.rows[0]).toContain("%");
      progress.stop();
    }
  });

  test("has colours only if they are wanted", () => {
    for (const color of ["always", "never"] as const) {
      const screen = new Screen();
      const { progress } = shown(screen, { total: 4, unit: "runs" }, color);
      vi.advanceTimersByTime(2000);
      progress.advance(2);
      vi.advanceTimersByTime(200);
      progress.stop();
      expect(stripColors(screen.written) === screen.written).toBe(color === "never");
    }
  });

  test("is told of work without a known end by its number and rate", () => {
    const screen = new Screen();
    const { progress } = shown(screen, { total: undefined, unit: "runs" });
    for (let second = 1; second <= 4; second += 1) {
      vi.advanceTimersByTime(1000);
      progress.ended();
    }
    vi.advanceTimersByTime(200);
    expect(screen.rows).toEqual(["4 runs  1.0 runs/s"]);
    progress.expect(8);
    vi.advanceTimersByTime(200);
    expect(screen.rows).toEqual(["##########.......... 50 %  4 of 8 runs  1.0 runs/s  4 s left"]);
    progress.stop();
  });

  test("sees the share of an item that is under way", () => {
    const screen = new Screen();
    const { progress } = shown(screen, { total: 2, unit: "runs" });
    vi.advanceTimersByTime(2000);
    progress.underWay!(0.5);
    vi.advanceTimersByTime(200);
    expect(screen.rows).toEqual(["#####............... 25 %  0 of 2 runs  0.25 runs/s  6 s left"]);
    progress.stop();
  });
});

test.each([
  [{ isTTY: false }, {}],
  [{ isTTY: true }, { TERM: "dumb" }],
])("nothing is told on a stream that is %j with %j", (kind, env) => {
  const written: string[] = [];
  const stream = { ...kind, write: (text: string) => void written.push(text) };
  const line = statusLineOn(stream, env);
  const progress = showProgress({ total: 4, unit: "runs" }, { line, color: "never", symbols: "ascii", log: undefined });
  vi.advanceTimersByTime(20_000);
  progress.advance(2);
  vi.advanceTimersByTime(20_000);
  progress.stop();
  expect([written, progress.underWay, aside(stream, line)]).toEqual([[], undefined, stream]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a log gets a line every ten seconds, without ESC codes", () => {
  const lines: string[] = [];
  const place = {
    line: undefined,
    color: "never",
    symbols: "ascii",
    log: (text: string) => void lines.push(text),
  } as const;
  const progress = showProgress({ total: 1000, unit: "points" }, place);
  for (let second = 1; second <= 25; second += 1) {
    vi.advanceTimersByTime(1000);
    progress.advance(4 * second);
  }
  progress.stop();
  // The tenth second ends before its four points do: 964 more take 241 s, of which one is over.
  expect(lines).toEqual([
    "36 of 1000 points, 4.0 points/s, 4 min 0 s left",
    "76 of 1000 points, 4.0 points/s, 3 min 50 s left",
  ]);
  expect(lines.map(stripVTControlCharacters)).toEqual(lines);
});

describe("an estimate", () => {
  test("does not count what was finished before as fast work", () => {
    const estimate = new RateEstimate(0, 900);
    estimate.add(10_000, 910);
    expect(estimate.at(10_000, 1000)).toEqual({ perS: 1, leftS: 90 });
  });

  test("is not made too early", () => {
    const estimate = new RateEstimate(0, 0);
    expect(estimate.at(5000, 1000)).toBeUndefined();
    estimate.add(500, 5);
    expect(estimate.at(500, 1000)).toBeUndefined();
    expect(estimate.at(1000, 1000)?.perS).toBe(10);
    const slow = new RateEstimate(0, 0);
    slow.add(9000, 1);
    expect(slow.at(9000, 1000)).toBeUndefined();
  });

  test("forgets a slow start", () => {
    const estimate = new RateEstimate(0, 0);
    // Ten seconds for the first item, then ten items a second.
    for (let item = 0; item <= 200; item += 1) estimate.add(10_000 + 100 * item, 1 + item);
    expect(estimate.at(30_000, 401)).toEqual({ perS: 10, leftS: 20 });
  });

  test("counts down between two items, and says nothing once it has run out", () => {
    const estimate = new RateEstimate(0, 0);
    for (let item = 1; item <= 5; item += 1) estimate.add(2000 * item, item);
    expect(estimate.at(11_000, 7)).toEqual({ perS: 0.5, leftS: 3 });
    expect(estimate.at(15_000, 7)).toEqual({ perS: 0.5, leftS: undefined });
  });

  test("of even work is right whenever it is made, and keeps few samples", () => {
    const world = fc.record({
      perS: fc.integer({ min: 1, max: 5000 }),
      items: fc.integer({ min: 10, max: 3000 }),
      total: fc.integer({ min: 3001, max: 1e6 }),
    });
    fc.assert(
      fc.property(world, ({ perS, items, total }) => {
        const estimate = new RateEstimate(0, 0);
        for (let item = 1; item <= items; item += 1) estimate.add((1000 * item) / perS, item);
        const ms = (1000 * items) / perS;
        const found = estimate.at(ms, total);
        if (ms < 1000) expect(found).toBeUndefined();
        else
          expect([found!.perS / perS, (found!.leftS! * perS) / (total - items)].map((x) => x.toFixed(6))).toEqual([
            "1.000000",
            "1.000000",
          ]);
      }),
      propertyRuns(100),
    );
  });
});

test.each([
  [0.2, "1 s"],
  [59.5, "1 min 0 s"],
  [200, "3 min 20 s"],
  [3599.5, "1 h 0 min"],
  [7500, "2 h 5 min"],
])("%d s are told as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));
