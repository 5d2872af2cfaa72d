/** Draws figures as SVG where there is no browser. */
import { SVGRenderer } from "echarts/renderers";
import type { Figure } from "../figures/figure.ts";
import { textWidth } from "../figures/kit/text-width.ts";
import type { Look } from "../figures/look.ts";
import { echarts } from "./echarts.ts";

echarts.use([SVGRenderer]);
echarts.setPlatformAPI({ measureText: (text, font) => ({ width: textWidth(text, sizeOf(font)) }) });

/** Of a CSS font, such as `12px Inter`. */
const sizeOf = (font: string | undefined): number => Number.parseFloat(/([\d.]+)px/.exec(font ?? "")?.[1] ?? "12");

export function svgOf(figure: Figure, look: Look): string {
  const size = { width: look.width, height: figure.height(look) };
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...figure.option(look) });
    return chart.renderToSVGString();
  } finally {
    // A chart that is left keeps the process from ending.
    chart.dispose();
  }
}
