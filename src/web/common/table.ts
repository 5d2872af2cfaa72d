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
  const head = columns.map(({ heading }, index) => element("th", { scope: "col", class: classOf(index) }, [heading]));
  const body = rows.map((row) =>
    element(
      "tr",
      {},
      row.map((cell, index) =>
        index === 0
          ? element("th", { scope: "row", class: classOf(index) }, [cell])
          : element("td", { class: classOf(index) }, [cell]),
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
