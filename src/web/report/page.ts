/** What all reports have: title, verdict, figures, and how to make them again. */
import type { Figure } from "../../figures/figure.ts";
import { type Drawn, figuresOf } from "../../figures/figures-of.ts";
import type { Report, Verdict } from "../../records/report.ts";
import type { InputFile } from "../../records/run-result.ts";
import { element } from "../common/elements.ts";
import { FigureView } from "../common/figure-view.ts";
import { table } from "../common/table.ts";
import type { Body } from "./body.ts";

export function headline(report: Report, subtitle: string, themeButton: HTMLElement): HTMLElement {
  return element("header", { class: "head" }, [
    element("div", { class: "head-line" }, [element("span", { class: "quiet" }, ["rtmm report"]), themeButton]),
    element("h1", {}, [report.title]),
    element("p", { class: "quiet subtitle" }, [subtitle]),
    ...verdictView(report.verdict),
  ]);
}

const marks = { good: "✓", bad: "✕", neutral: "" } as const;

export function verdictView({ tone, sentence, more }: Verdict): readonly HTMLElement[] {
  const mark =
    marks[tone] === "" ? [] : [element("span", { class: `mark ${tone}`, "aria-hidden": "true" }, [marks[tone]])];
  return [
    element("p", { class: "verdict" }, [...mark, element("span", {}, [sentence])]),
    ...(more.length === 0 ? [] : [element("p", { class: "quiet" }, [more.join(" ")])]),
  ];
}

export function section(title: string, children: readonly HTMLElement[], name = ""): HTMLElement {
  return element("section", { class: name }, [element("h2", {}, [title]), ...children]);
}

/** Figures side by side where there is room. */
export interface FigureGrid {
  /** Empty without figures. */
  readonly parts: readonly HTMLElement[];
  readonly draw: Body["draw"];
  dispose(): void;
}

/** `first`: figures before those of the record. */
export function figureGrid(drawn: Drawn, first: readonly Figure[] = []): FigureGrid {
  const views = [...first, ...figuresOf(drawn)].map((figure) => new FigureView(figure));
  const roots = views.map((view) => view.root);
  return {
    parts: roots.length === 0 ? [] : [section("Figures", [element("div", { class: "figures" }, roots)])],
    draw(look, width) {
      for (const view of views) view.draw(look, width);
    },
    dispose() {
      for (const view of views) view.dispose();
    },
  };
}

export function inputsSection(inputs: readonly InputFile[]): readonly HTMLElement[] {
  if (inputs.length === 0) return [];
  const text = { align: "left" } as const;
  const rows = inputs.map(({ path, role, from, sha256 }) => [path, role, from, sha256]);
  const list = table({
    caption: "Files that were read",
    columns: ["file", "role", "from", "SHA-256"].map((heading) => ({ heading, ...text })),
    rows,
  });
  list.classList.add("hashes");
  return [section("Inputs", [list])];
}

export function repeatSection({ command, rtmmVersion }: Report, lines: readonly string[]): HTMLElement {
  return section("Make it again", [
    element("pre", { tabindex: 0, role: "region", "aria-label": "Command" }, [element("code", {}, [command])]),
    element("p", { class: "quiet" }, [[`Made by rtmm ${rtmmVersion}.`, ...lines].join(" ")]),
  ]);
}

export function warningsSection(warnings: readonly string[]): readonly HTMLElement[] {
  if (warnings.length === 0) return [];
  return [
    section("Caveats", [
      element(
        "ul",
        {},
        warnings.map((warning) => element("li", {}, [warning])),
      ),
    ]),
  ];
}
