/** Where the parts of a timeline lie, in pixels. */
import type { RunTimeline } from "../../records/run-timeline.ts";

export interface Layout {
  /** Left edge of the time axis. */
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly rowHeight: number;
  /** Labels of the rows: lanes, then the misses if there are any. */
  readonly rows: readonly string[];
  readonly hasMisses: boolean;
  /** Of the whole chart. */
  readonly height: number;
}

const TOP = 6;
/** Half of the label of a tick at the end. */
const RIGHT = 28;
const AXIS = 30;
const OVERVIEW = 26;
/** Around a label. */
export const LABEL_GAP = 14;
const BAR_SHARE = 0.78;

export interface LayoutInput {
  readonly width: number;
  /** Width of a label in pixels. */
  labelWidth(text: string): number;
}

export function layoutOf(timeline: RunTimeline, { width, labelWidth }: LayoutInput): Layout {
  const hasMisses = timeline.jobs.outcome.some((outcome) => outcome !== 0);
  const lanes = laneNames(timeline);
  const rows = hasMisses ? [...lanes, "misses"] : lanes;
  const widest = Math.max(0, ...rows.map(labelWidth));
  const left = Math.ceil(Math.min(widest, width * 0.3)) + LABEL_GAP;
  const rowHeight = lanes.length > 12 ? 22 : 38;
  const height = TOP + rows.length * rowHeight + AXIS + OVERVIEW;
  return { left, width: Math.max(1, Math.floor(width - left - RIGHT)), top: TOP, rowHeight, rows, hasMisses, height };
}

/** The accelerator's id, with the lane where it has several. */
export function laneNames({ lanes }: RunTimeline): readonly string[] {
  return lanes.map(({ accelerator, lane }) => {
    const isAlone = lanes.every((other) => other.accelerator !== accelerator || other.lane === lane);
    return isAlone ? accelerator : `${accelerator}/${lane}`;
  });
}

/** Of the bars of a row. */
export function barsOf({ top, rowHeight }: Layout, row: number): { readonly y: number; readonly height: number } {
  const height = Math.round(rowHeight * BAR_SHARE);
  return { y: Math.round(top + rowHeight * row + (rowHeight - height) / 2), height };
}
