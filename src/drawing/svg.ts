/** Draws figures as SVG where there is no browser. */
import { SVGRenderer } from "echarts/renderers";
import type { Figure } from "../figures/figure.ts";
import type { Look } from "../figures/look.ts";
import { echarts } from "./echarts.ts";

echarts.use([SVGRenderer]);

export function svgOf(figure: Figure, look: Look): string {
  const size = { width: look.width, height: figure.height };
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...figure.option(look) });
    return chart.renderToSVGString();
  } finally {
    // A chart that is left keeps the process from ending.
    chart.dispose();
  }
}
