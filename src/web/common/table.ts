/** Tables of a page. */
import { element } from "./elements.ts";

export interface PageTable {
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
}

/** Scrolls sideways by itself where it is too wide for the page. `caption: hidden`: only screen readers say it. */
export function table({ caption, columns, rows }: PageTable, captions: "shown" | "hidden" = "hidden"): HTMLElement {
  const classOf = (index: number): string | undefined => (columns[index]?.align === "right" ? "number" : undefined);
  const header = (scope: "col" | "row", text: string, index: number): HTMLElement =>
    // An empty header tells nothing, and screen readers stumble over it.
    text === "" ? element("td") : element("th", { scope, class: classOf(index) }, [text]);
  const head = columns.map(({ heading }, index) => header("col", heading, index));
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      row.map((cell, index) =>
        index === 0 ? header("row", cell, index) : element("td", { class: classOf(index) }, [cell]),
      ),
    ),
  );
  const made = element("table", {}, [
    element("caption", { class: captions === "hidden" ? "unseen" : undefined }, [caption]),
    element("thead", {}, [element("tr", {}, head)]),
    element("tbody", {}, body),
  ]);
  return element("div", { class: "table", tabindex: 0, role: "region", "aria-label": caption }, [made]);
}
