/** A picture of a result and the numbers in it. Pages, image files and data files are made of the same figures. */
import type { EChartsOption } from "echarts";
import type { Look } from "./look.ts";

export interface Figure {
  /** Kebab-case; names the file and the part of a page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence with its main numbers: read out by screen readers, printed below a picture. */
  readonly summary: string;
  readonly data: FigureData;
  /** Why there is nothing to draw, in a sentence, which is drawn in its place; absent: there is something. */
  readonly absence?: string;
  /** In pixels; the width is the look's. It grows with the number of rows and the size of the font. */
  height(look: Look): number;
  option(look: Look): EChartsOption;
}

/** The numbers of a figure: what its table, CSV and .dat hold. */
export interface FigureData {
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface FigureColumn {
  /** camelCase with its unit, such as `p99Ms`. */
  readonly name: string;
  /** For people. */
  readonly heading: string;
}

/** null: nothing to measure. */
export type Cell = string | number | null;
