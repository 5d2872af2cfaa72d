/** Writes a figure as SVG, PDF or PNG, and its numbers as CSV or a table for pgfplots. */
import { extname } from "node:path";
import { dataCsv, dataDat } from "../../figures/data-text.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Look } from "../../figures/look.ts";
import { FONT_FAMILY, type LookUnit } from "../../figures/presets.ts";
import { fontBytes, resvgWasm } from "../../files/drawing-files.ts";
import { endingsText } from "../../files/named-output.ts";
import { RequestError } from "../../input/request-error.ts";

/** How a picture is drawn. */
export interface Canvas {
  readonly look: Look;
  readonly unit: LookUnit;
  /** Pixels of a PNG for each unit of the look. */
  readonly pixels: number;
}

type Content = string | Uint8Array;
/** Text or bytes of figures, in one format. */
export type Writer = (figure: Figure) => Content | Promise<Content>;

export const pictureEndings = [".svg", ".pdf", ".png"] as const;
export const dataEndings = [".csv", ".dat"] as const;

/** Loads what the ending of a path needs. Throws RequestError for another one. */
export async function pictureWriter(path: string, canvas: Canvas): Promise<Writer> {
  const ending = extname(path).toLowerCase();
  if (!pictureEndings.some((each) => each === ending))
    throw new RequestError(`${path} must end in ${endingsText(pictureEndings)}`);
  const { svgOf } = await import("../../drawing/svg.ts");
  const { look, unit, pixels } = canvas;
  if (ending === ".svg") return (figure) => svgOf(figure, look, unit);
  const font = fontBytes();
  if (ending === ".pdf") {
    const { pdfOf } = await import("../../drawing/pdf.ts");
    const scale = unit === "pt" ? 1 : POINTS_PER_PIXEL;
    return (figure) => pdfOf(svgOf(figure, look), { font, title: figure.title, scale });
  }
  const { pngPainter } = await import("../../drawing/png.ts");
  const painter = await pngPainter({ wasm: resvgWasm(), font, family: FONT_FAMILY });
  return (figure) => painter.pngOf(svgOf(figure, look), pixels);
}

const POINTS_PER_PIXEL = 72 / 96;

/** Throws RequestError for a path with another ending. */
export function dataWriter(path: string): Writer {
  const ending = extname(path).toLowerCase();
  if (ending === ".csv") return ({ data }) => dataCsv(data);
  if (ending === ".dat") return ({ data }) => dataDat(data);
  throw new RequestError(`${path} must end in ${endingsText(dataEndings)}`);
}
