/** A page with nothing but a timeline, for tests in a browser. */

import { darkColors, lightColors } from "../../src/figures/look.ts";
import type { JobName } from "../../src/records/explanation.ts";
import type { RunTimeline } from "../../src/records/run-timeline.ts";
import { layoutOf } from "../../src/web/timeline/layout.ts";
import { createTimeline, type TimelineView } from "../../src/web/timeline/timeline.ts";
import { largeTimeline, timelineOf } from "../web/timeline/random-timeline.ts";

interface TestPage {
  timeline: TimelineView;
  opened: JobName[];
  readonly small: RunTimeline;
  show(timeline: RunTimeline): void;
  dark(): void;
  /** Left edge and width of the time axis of the small timeline, in pixels. */
  axis(): { readonly x: number; readonly width: number };
  largeTimeline: typeof largeTimeline;
}

const opened: JobName[] = [];
const host = document.querySelector("main")!;
const fontFamily = getComputedStyle(document.body).fontFamily;

/** Two accelerators: a0 0 to 10, b0 10 to 30 (late), a1 40 to 50; a0 again 5 to 15 beside it. In ms. */
const small = timelineOf({
  tasks: ["alpha", "beta<b>"],
  accelerators: ["ws", "os"],
  lanes: [
    [
      [0, 10e6, 0, 0],
      [0, 20e6, 1, 0],
      [10e6, 10e6, 0, 1],
    ],
    [[5e6, 10e6, 0, 0]],
  ],
  deadlineNs: 16e6,
});

const options = { colors: lightColors, fontFamily, onOpen: (job: JobName) => void opened.push(job) };
const testPage: TestPage = {
  timeline: createTimeline(host, small, options),
  opened,
  small,
  show: (timeline) => testPage.timeline.show(timeline),
  dark() {
    document.documentElement.dataset.theme = "dark";
    testPage.timeline.recolor(darkColors);
  },
  axis() {
    const pen = document.createElement("canvas").getContext("2d")!;
    pen.font = `12px ${fontFamily}`;
    const { left: x, width } = layoutOf(small, {
      width: host.clientWidth,
      labelWidth: (text) => pen.measureText(text).width,
    });
    return { x, width };
  },
  largeTimeline,
};
Object.assign(window, { testPage });

declare global {
  interface Window {
    readonly testPage: TestPage;
  }
}
