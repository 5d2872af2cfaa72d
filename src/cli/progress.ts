/** How far long work has come: a line on a terminal, which is gone when the work is done. Short work shows nothing. */
import { chalkFor } from "../output/chalk-for.ts";
import { cut } from "../output/text-table.ts";
import type { Color } from "./color.ts";
import { RateEstimate } from "./rate-estimate.ts";
import type { StatusLine } from "./status-line.ts";

export interface ProgressOptions {
  /** Number of items; undefined: not known. */
  readonly total: number | undefined;
  /** Finished earlier, for example by a sweep that is now resumed. */
  readonly done?: number;
  /** Plural noun, such as "points". */
  readonly unit: string;
  /** Unit of the rate (`<unit>/s`). */
  readonly rateUnit?: string;
  /** Digits after the point of numbers of items (0). */
  readonly digits?: number;
}

export interface Progress {
  /** Items that are done. */
  readonly done: number;
  /** One more is done. */
  ended(): void;
  /** So many are done; `total` replaces the total. Cheap enough to call for every item. */
  advance(done: number, total?: number): void;
  /** Tells that so much of the next item is done, 0 to 1; undefined: nobody looks. */
  readonly underWay: ((share: number) => void) | undefined;
  /** Replaces the total. */
  expect(total: number): void;
  /** What is being done now. */
  about(what: string): void;
  /** The work is over, well or not. */
  stop(): void;
}

/** Where progress is told. */
export interface ProgressPlace {
  /** undefined: there is no terminal. */
  readonly line: StatusLine | undefined;
  readonly color: Color;
  readonly symbols: "ascii" | "unicode";
  /** Gets a line now and then where there is no terminal; undefined: nobody. */
  readonly log: ((text: string) => void) | undefined;
  /** Called once, when the work is over. */
  readonly stopped?: () => void;
}

/** Work that takes less than this shows nothing. */
const SHORT_MS = 1000;
/** Time between two drawings. */
const DRAW_MS = 200;
/** Time between two lines of a log. */
const LOG_MS = 10_000;

export function showProgress(options: ProgressOptions, place: ProgressPlace): Progress {
  const { line, color, symbols, log, stopped } = place;
  let isStopped = false;
  const startMs = performance.now();
  const estimate = new RateEstimate(startMs, options.done ?? 0);
  const state = { what: "", done: options.done ?? 0, share: 0, total: options.total };
  let dueMs = startMs + (line === undefined ? LOG_MS : SHORT_MS);
  const show = (ms: number): void => {
    dueMs = ms + (line === undefined ? LOG_MS : DRAW_MS);
    const parts = progressParts({ ...options, ...state }, estimate.at(ms, state.total));
    if (line !== undefined) line.show(lineText(parts, { color, symbols, columns: line.columns }));
    else log?.(`${[parts.what, ...parts.texts].filter((text) => text !== "").join(", ")}`);
  };
  const tick = (): void => {
    const ms = performance.now();
    if (ms >= dueMs) show(ms);
  };
  const isTold = line !== undefined || log !== undefined;
  // Work in this thread does not return to the event loop; it calls. Work elsewhere leaves gaps that the timer fills.
  const timer = isTold ? setInterval(tick, DRAW_MS).unref() : undefined;
  const moved = (): void => {
    if (!isTold) return;
    estimate.add(performance.now(), state.done + state.share);
    tick();
  };
  const advance = (done: number, total = state.total): void => {
    Object.assign(state, { done, total, share: 0 });
    moved();
  };
  const underWay = (share: number): void => {
    state.share = share;
    moved();
  };
  return {
    get done() {
      return state.done;
    },
    ended: () => advance(state.done + 1),
    advance,
    underWay: isTold ? underWay : undefined,
    expect(total) {
      state.total = total;
    },
    about(what) {
      state.what = what;
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      line?.clear();
      stopped?.();
    },
  };
}

interface Shown extends ProgressOptions {
  readonly what: string;
  readonly done: number;
  readonly share: number;
}

interface ProgressParts {
  readonly what: string;
  /** 0 to 1; undefined: not known. */
  readonly share: number | undefined;
  readonly texts: readonly string[];
}

function progressParts(shown: Shown, estimate: ReturnType<RateEstimate["at"]>): ProgressParts {
  const { what, done, share, total, unit, rateUnit = `${unit}/s`, digits = 0 } = shown;
  const doneText = done.toFixed(digits);
  const texts = [total === undefined ? `${doneText} ${unit}` : `${doneText} of ${total.toFixed(digits)} ${unit}`];
  if (estimate !== undefined) texts.push(`${rateText(estimate.perS)} ${rateUnit}`);
  if (estimate?.leftS !== undefined && done < (total ?? 0)) texts.push(`${durationText(estimate.leftS)} left`);
  return { what, share: total === undefined || total === 0 ? undefined : Math.min(1, (done + share) / total), texts };
}

interface LineLayout {
  readonly color: Color;
  readonly symbols: "ascii" | "unicode";
  readonly columns: number;
}

/** Few widths, so that the bar keeps still while the numbers beside it grow. */
const BAR_COLUMNS = [20, 10];
const bars = { ascii: ["#", "."], unicode: ["█", "░"] } as const;

/** The bar takes the room that is left, or goes. */
function lineText({ what, share, texts }: ProgressParts, { color, symbols, columns }: LineLayout): string {
  const percent = share === undefined ? [] : [`${Math.floor(share * 100)} %`];
  const text = [...(what === "" ? [] : [what]), ...percent, ...texts].join("  ");
  const width = BAR_COLUMNS.find((each) => each + 1 + text.length <= columns);
  if (share === undefined || width === undefined) return cut(text, Math.max(2, columns));
  const [full, empty] = bars[symbols];
  const filled = Math.floor(share * width);
  return `${chalkFor(color).cyan(full.repeat(filled))}${empty.repeat(width - filled)} ${text}`;
}

/** Without an exponent. */
const rateText = (perS: number): string => perS.toFixed(perS >= 10 ? 0 : perS >= 1 ? 1 : perS >= 0.1 ? 2 : 3);

/** Returns text such as `45 s`, `3 min 20 s` or `2 h 5 min`. */
export function durationText(seconds: number): string {
  const s = Math.max(1, Math.ceil(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
