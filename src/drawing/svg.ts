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

/** `unit`: of the picture's size, in which its lengths are numbers without a unit. */
export function svgOf(figure: Figure, look: Look, unit: "px" | "pt" = "px"): string {
  const size = { width: look.width, height: figure.height(look) };
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...figure.option(look) });
    const svg = tidied(chart.renderToSVGString(), figure.id);
    return described(sized(svg, unit), figure);
  } finally {
    // A chart that is left keeps the process from ending.
    chart.dispose();
  }
}

/** With its title and what it says, for those who cannot see it. */
const described = (svg: string, { title, summary }: Figure): string =>
  svg.replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" ${attributes}>\n<title>${escaped(title)}</title>\n<desc>${escaped(summary)}</desc>`,
  );

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string =>
  text.replaceAll(/[&<>]/g, (character) => entities[character]!).replaceAll(notXml, "\ufffd");

const sized = (svg: string, unit: "px" | "pt"): string =>
  unit === "px" ? svg : svg.replace(/^<svg width="([\d.]+)" height="([\d.]+)"/, '<svg width="$1pt" height="$2pt"');

/**
 * The picture without what is only for a pointer in a page, and with ids that depend on nothing but the figure. Quotes
 * in texts are escaped, so none of this touches a name.
 */
function tidied(svg: string, id: string): string {
  return svg
    .replaceAll(/<style >.*?<[/]style>\n?/gs, "")
    .replaceAll(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, "")
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replaceAll(/( id="|="url\(#)zr\d+-/g, `$1${id}-`)
    .replaceAll(notXml, "\ufffd");
}

/** A strict content security policy ignores `style`. */
const attributesOf = (style: string): string =>
  style
    .split(";")
    .filter((rule) => rule.includes(":"))
    .map((rule) => ` ${rule.slice(0, rule.indexOf(":")).trim()}="${rule.slice(rule.indexOf(":") + 1).trim()}"`)
    .join("");

/** Characters that XML cannot hold, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
