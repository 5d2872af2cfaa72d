/** How far long work has come: a bar on a terminal, else a line now and then. On stderr; short work shows nothing. */
import { createRequire } from "node:module";
import type { SingleBar } from "cli-progress";
import type { OutputStream } from "./streams.ts";

export interface Progress {
  /** Calls for every finished point are cheap: it is drawn a few times a second. `total`: where it is another one by now. */
  advance(done: number, total?: number): void;
  /** Writes a remark, and goes on below it. */
  tell(remark: string): void;
  /** Leaves the line as it is. */
  stop(): void;
}

export interface ProgressOptions {
  readonly total: number;
  /** Finished before, as by the sweep that is resumed. */
  readonly done?: number;
  /** What is counted, such as "points". */
  readonly unit: string;
}

/** Work that is over before that shows no bar. */
const SHORT_MS = 1000;
/** Between two lines where there is no terminal; work that is over before the first has none. */
const LINE_MS = 10_000;

export function showProgress(stderr: OutputStream, options: ProgressOptions): Progress {
  return stderr.isTTY === true ? bar(stderr, options) : lines(stderr, options);
}

/** Counts what has ended. */
export interface Count {
  readonly done: number;
  ended(): void;
  /** There are so many in all, it turns out. */
  expect(total: number): void;
  /** Writes a remark, and goes on below it. */
  tell(remark: string): void;
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
    tell: progress.tell,
    stop: progress.stop,
  };
}

function bar(stderr: OutputStream, { total, done = 0, unit }: ProgressOptions): Progress {
  const { SingleBar, Presets } = createRequire(import.meta.url)("cli-progress") as typeof import("cli-progress");
  const format = `{bar} {percentage} % | {value}/{total} ${unit} | {rate}/s | {left} left`;
  const shown: SingleBar = new SingleBar(
    // The bar asks its stream for more than `write`; where it is a terminal it is a real one.
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
    // The bar's line is cleared, and drawn again below the remark.
    tell: (remark) => void stderr.write(`${shown.isActive ? "\r\u001b[K" : ""}${remark}\n`),
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
  const tell = (now: number): void => {
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
      if (performance.now() - shownMs >= LINE_MS) tell(now);
    },
    tell: (remark) => void stderr.write(`${remark}\n`),
    stop() {
      if (shown > done && last > shown) tell(last);
    },
  };
}

/** Finished a second, and the time that the rest will take at that rate, as text. */
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

/** Such as `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const s = Math.ceil(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
