/** How figures look: the size and the colours. */

export interface Look {
  /** In pixels. */
  readonly width: number;
  readonly fontFamily: string;
  /** In pixels. */
  readonly fontSize: number;
  /** Width of texts relative to the font of image files, of which widths are known; absent: 1. */
  readonly textScale?: number;
  /** `patterned`: areas differ by their patterns as well, so that they do on grey paper. */
  readonly fills: "plain" | "patterned";
  readonly colors: Colors;
  /** `transparent`: no background is drawn; the colours still count on it. Absent: `filled`. */
  readonly backdrop?: "filled" | "transparent";
}

/** Text and lines have a contrast of at least 4.5 : 1 with the background, marks of at least 3 : 1. */
export interface Colors {
  readonly background: string;
  readonly text: string;
  readonly quietText: string;
  readonly line: string;
  /** Misses, and limits that are exceeded. */
  readonly bad: string;
  readonly good: string;
  /** One after the other, then again from the start. */
  readonly series: readonly string[];
}

/** After Okabe and Ito ("Color Universal Design", 2008): told apart with any kind of colour vision. Darker where white needs it. */
export const lightColors: Colors = {
  background: "#ffffff",
  text: "#1b1f24",
  quietText: "#57606a",
  line: "#d0d7de",
  bad: "#b3261e",
  good: "#00694f",
  series: ["#0072b2", "#c7590a", "#00805f", "#a8508a", "#8a6d00", "#3a8fc4", "#5b5f66", "#7a3e9d"],
};

export const darkColors: Colors = {
  background: "#14181d",
  text: "#e6edf3",
  quietText: "#9aa4af",
  line: "#3a424c",
  bad: "#ff8a80",
  good: "#4cc9a5",
  series: ["#56b4e9", "#f0954a", "#3fbf98", "#dd92c4", "#f0e442", "#8fc7ff", "#b6bcc4", "#c49bea"],
};

export const seriesColor = ({ series }: Colors, index: number): string => series[index % series.length]!;
