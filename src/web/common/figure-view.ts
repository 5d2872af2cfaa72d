/** A figure on a page: drawn, summed up in a sentence, and with its numbers in a table. */
import type { EChartsType } from "echarts";
import type { Cell, Figure, FigureData } from "../../figures/figure.ts";
import type { Look } from "../../figures/look.ts";
import { csvText } from "../../output/csv-text.ts";
import { nothing, significant } from "../../output/number-text.ts";
import { echarts } from "./charts.ts";
import { downloadButton } from "./download.ts";
import { element } from "./elements.ts";
import { table } from "./table.ts";

/** More rows are only in the CSV. */
const MOST_ROWS = 500;

export class FigureView {
  readonly root: HTMLElement;
  readonly #figure: Figure;
  readonly #host: HTMLElement;
  #chart: EChartsType | undefined;

  constructor(figure: Figure) {
    this.#figure = figure;
    this.#host = element("div", { class: "figure-chart", "aria-hidden": "true" });
    const titleId = `figure-${figure.id}`;
    this.root = element("figure", { class: "figure", "aria-labelledby": titleId }, [
      element("h3", { id: titleId }, [figure.title]),
      figure.absence === undefined ? this.#host : element("p", { class: "absence" }, [figure.absence]),
      ...(figure.absence === figure.summary ? [] : [element("figcaption", {}, [figure.summary])]),
      ...(figure.data.rows.length === 0 ? [] : [numbers(figure)]),
    ]);
  }

  /** Once it is on the page, and whenever its look has changed. `width`: undefined: of its room. */
  draw(look: Omit<Look, "width">, width: number | undefined): void {
    if (this.#figure.absence !== undefined) return;
    const full = { ...look, width: width ?? this.#host.clientWidth };
    if (full.width === 0) return;
    const size = { width: full.width, height: this.#figure.height(full) };
    this.#chart ??= echarts.init(this.#host, null, { renderer: "canvas", ...size }) as unknown as EChartsType;
    this.#chart.resize(size);
    const option = { animation: false, ...this.#figure.option(full), backgroundColor: "transparent" };
    this.#chart.setOption(option, { notMerge: true });
  }

  dispose(): void {
    this.#chart?.dispose();
  }
}

function numbers({ title, data, id }: Figure): HTMLElement {
  const shown = data.rows.slice(0, MOST_ROWS);
  const more = data.rows.length - shown.length;
  const rest = more === 0 ? [] : [element("p", { class: "quiet" }, [`${more} more rows are in the CSV.`])];
  return element("details", {}, [
    element("summary", {}, ["Numbers"]),
    table({ caption: title, columns: columnsOf(data), rows: shown.map((row) => row.map(cellText)) }),
    ...rest,
    downloadButton("CSV", `${id}.csv`, () => csvText([data.columns.map(({ name }) => name), ...data.rows])),
  ]);
}

const columnsOf = ({ columns, rows }: FigureData) =>
  columns.map(({ heading }, index) => {
    const isText = rows.some((row) => typeof row[index] === "string");
    return { heading, align: isText ? ("left" as const) : ("right" as const) };
  });

function cellText(cell: Cell): string {
  if (cell === null) return nothing;
  if (typeof cell === "string") return cell;
  return Number.isInteger(cell) && Math.abs(cell) < 1e6 ? String(cell) : significant(cell);
}
