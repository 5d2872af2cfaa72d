/** A search for parameters as CSV and Markdown: one row per step, and one per point of the grid. */

import type { Trial, Tuning } from "../../records/tuning.ts";
import type { Format } from "../format.ts";
import { type Field, type Listing, listingCsv, listingMarkdown } from "../listing.ts";
import { conclusions, tuningTitle } from "./table.ts";

interface Row extends Trial {
  /** `grid`: a point of the grid. */
  readonly kind: "step" | "found" | "grid";
  readonly step?: number;
  readonly bestValue?: number;
}

export const csv: Format<Tuning> = { name: "csv", render: (tuning) => listingCsv(listingOf(tuning)) };

export const markdown: Format<Tuning> = {
  name: "markdown",
  render(tuning) {
    const paragraphs = conclusions(tuning).map((text) => text.replaceAll("\n", " "));
    return `### ${tuningTitle(tuning)}\n\n${listingMarkdown(listingOf(tuning))}\n${paragraphs.join("\n\n")}\n`;
  },
};

function listingOf({ searched, objective, path, found, grid }: Tuning): Listing<Row> {
  const field = (name: string, value: Field<Row>["value"]): Field<Row> => ({
    name,
    value,
    column: { heading: name, align: "left" },
  });
  return {
    fields: [
      field("kind", ({ kind }) => kind),
      field("step", ({ step }) => step),
      ...searched.map(({ name }) => field(name, ({ params }) => params[name])),
      field(objective.name, ({ value }) => value),
      field("bestSoFar", ({ bestValue }) => bestValue),
    ],
    records: [
      ...path.map((step): Row => ({ kind: "step", ...step })),
      { kind: "found", ...found },
      ...(grid?.points ?? []).map((point): Row => ({ kind: "grid", ...point })),
    ],
  };
}
