/** Progress of long work on stderr: a bar on a terminal, otherwise a line every 10 s. Short work shows nothing. */
import { createRequire } from "node:module";
import type { SingleBar } from "cli-progress";
import type { OutputStream } from "./streams.ts";

export interface Progress {
  /** Cheap enough to call for every finished point: the bar redraws only 5 times a second. `total` replaces the total. */
  advance(done: number, total?: number): void;
  /** Writes a remark above the bar. */
  note(remark: string): void;
  /** Stops drawing. The last state stays visible. */
  stop(): void;
}

export interface ProgressOptions {
  readonly total: number;
  /** Finished earlier, for example by a sweep that is now resumed. */
  readonly done?: number;
  /** Plural noun, such as "points". */
  readonly unit: string;
}

/** Work that takes less than this shows no bar. */
const SHORT_MS = 1000;
/** Time between two lines without a terminal. Work that takes less than this prints none. */
const LINE_MS = 10_000;

export function showProgress(stderr: OutputStream, options: ProgressOptions): Progress {
  return stderr.isTTY === true ? bar(stderr, options) : lines(stderr, options);
}

/** Progress that counts by itself. */
export interface Count {
  readonly done: number;
  ended(): void;
  /** Replaces the total. */
  expect(total: number): void;
  /** Writes a remark above the bar. */
  note(remark: string): void;
  stop(): void;
}

export function showCount(stderr: OutputStream, options: ProgressOptions): Count {
  const progress = showProgress(stderr, options);
  let { total, done = 0 } = options;
  return {
    get done() {
      return done;
    },
    ended() {
      done += 1;
      progress.advance(done, total);
    },
    expect(newTotal) {
      total = newTotal;
      progress.advance(done, total);
    },
    note: progress.note,
    stop: progress.stop,
  };
}

function bar(stderr: OutputStream, { total, done = 0, unit }: ProgressOptions): Progress {
  const { SingleBar, Presets } = createRequire(import.meta.url)("cli-progress") as typeof import("cli-progress");
  const format = `{bar} {percentage} % | {value}/{total} ${unit} | {rate}/s | {left} left`;
  const shown: SingleBar = new SingleBar(
    // The bar needs more of its stream than `write`. A terminal is always a real WriteStream.
    { format, stream: stderr as NodeJS.WriteStream, hideCursor: true, fps: 5, gracefulExit: false, barsize: 25 },
    Presets.shades_classic,
  );
  const rate = rateSince(done);
  let [last, known] = [done, total];
  const start = setTimeout(() => shown.start(known, last, rate(last, known)), SHORT_MS);
  return {
    advance(now, newTotal = total) {
      [last, known] = [now, newTotal];
      if (!shown.isActive) return;
      shown.setTotal(newTotal);
      shown.update(now, rate(now, newTotal));
    },
    // Clears the bar's line. The next update draws the bar below the remark.
    note: (remark) => void stderr.write(`${shown.isActive ? "\r\u001b[K" : ""}${remark}\n`),
    stop() {
      clearTimeout(start);
      if (shown.isActive) shown.stop();
    },
  };
}

function lines(stderr: OutputStream, { total, done = 0, unit }: ProgressOptions): Progress {
  const rate = rateSince(done);
  let shownMs = performance.now();
  let shown = done;
  let known = total;
  const print = (now: number): void => {
    const { rate: perS, left } = rate(now, known);
    shown = now;
    shownMs = performance.now();
    stderr.write(`${now} of ${known} ${unit}, ${perS}/s${now < known ? `, ${left} left` : ""}\n`);
  };
  let last = done;
  return {
    advance(now, newTotal = total) {
      last = now;
      known = newTotal;
      if (performance.now() - shownMs >= LINE_MS) print(now);
    },
    note: (remark) => void stderr.write(`${remark}\n`),
    stop() {
      if (shown > done && last > shown) print(last);
    },
  };
}

/** The rate per second and the remaining time at that rate, as text. */
function rateSince(doneAtStart: number) {
  const startMs = performance.now();
  return (done: number, total: number): { readonly rate: string; readonly left: string } => {
    const perS = (done - doneAtStart) / Math.max(1e-3, (performance.now() - startMs) / 1000);
    return {
      rate: perS >= 10 ? perS.toFixed(0) : perS.toFixed(perS >= 0.1 ? 1 : 3),
      left: perS > 0 ? durationText((total - done) / perS) : "-",
    };
  };
}

/** Returns text such as `45 s`, `3 min 20 s` or `2 h 5 min`. */
export function durationText(seconds: number): string {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
