/** What a chart is drawn with, beside the letters of tasks. */
export interface Symbols {
  readonly idle: string;
  readonly tick: string;
  readonly axis: string;
  /** In place of what was cut from a name. */
  readonly ellipsis: string;
  /** Share of busy units, from the lowest to all of them. */
  readonly levels: readonly string[];
}

export const symbolsOf: Readonly<Record<"ascii" | "unicode", Symbols>> = {
  ascii: { idle: ".", tick: "|", axis: "-", ellipsis: "~", levels: [..."123456789#"] },
  unicode: { idle: "·", tick: "├", axis: "─", ellipsis: "…", levels: [..."▁▂▃▄▅▆▇█"] },
};

/** Marks of misses. */
export const lateMark = "!";
export const droppedMark = "x";
export const bothMark = "#";
