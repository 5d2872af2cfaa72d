/** Builds the page of a report, and draws it anew when colours or room change. */
import { textWidth } from "../../figures/kit/text-width.ts";
import { lightColors } from "../../figures/look.ts";
import type { Report } from "../../records/report.ts";
import { element } from "../common/elements.ts";
import { colorsOf, createThemeSwitch } from "../common/theme.ts";
import type { Body } from "./body.ts";
import { checkPage } from "./check-page.ts";
import { comparisonPage } from "./comparison-page.ts";
import { headline } from "./page.ts";
import { runsPage } from "./runs-page.ts";
import { sweepPage } from "./sweep-page.ts";

/** Of A4 and Letter within their margins, in CSS pixels. */
const PAPER_WIDTH = 680;

export async function showReport(report: Report, host: HTMLElement): Promise<void> {
  const body = await bodyOf(report);
  let paperWidth: number | undefined;
  let isReady = false;
  const fontFamily = getComputedStyle(host).fontFamily;
  let colors = lightColors;
  const look = { fontFamily, fontSize: FONT_SIZE, fills: "plain", textScale: textScale(fontFamily) } as const;
  const draw = (): void => {
    if (isReady) body.draw({ ...look, colors }, paperWidth);
  };
  const theme = createThemeSwitch((now) => {
    colors = colorsOf(now);
    draw();
  });
  host.append(element("main", {}, [headline(report, body.subtitle, theme.button), ...body.parts]));
  isReady = true;
  draw();
  onWidth(host, draw);
  window.addEventListener("beforeprint", () => {
    paperWidth = PAPER_WIDTH;
    theme.force("light");
  });
  window.addEventListener("afterprint", () => {
    paperWidth = undefined;
    theme.force(undefined);
  });
}

const FONT_SIZE = 12;

/** How wide the browser's font is, beside the one whose widths figures know. */
function textScale(fontFamily: string): number {
  const sample = "Hamburgefonstiv 0123456789, alpha 1";
  const pen = document.createElement("canvas").getContext("2d")!;
  pen.font = `${FONT_SIZE}px ${fontFamily}`;
  return pen.measureText(sample).width / textWidth(sample, FONT_SIZE);
}

/** Heights change with what is opened, and need nothing to be drawn. */
function onWidth(host: HTMLElement, changed: () => void): void {
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    changed();
  }).observe(host);
}

function bodyOf(report: Report): Body | Promise<Body> {
  switch (report.kind) {
    case "runs":
      return runsPage(report);
    case "comparison":
      return comparisonPage(report);
    case "sweep":
      return sweepPage(report);
    case "check":
      return checkPage(report);
    default:
      return report satisfies never;
  }
}
