/** What a sweep would run. */
import { printable } from "../../input/printable.ts";
import type { PlannedPoint, PlannedSweep } from "../../records/planned-sweep.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { type Field, type Listing, listingCsv, listingMarkdown, listingTable } from "../listing.ts";
import { counted } from "../words.ts";
import { coordinateText } from "./coordinates-text.ts";
import { experimentHeading, experimentMarkdown } from "./experiment-heading.ts";

export const planFormats: readonly Format<PlannedSweep>[] = [
  {
    name: "table",
    render: (plan, options) =>
      [
        experimentHeading(plan, sizeText(plan), options),
        listingTable(listingOf(plan), options),
        ...moreText(plan),
      ].join("\n\n"),
  },
  json,
  { name: "csv", render: (plan) => listingCsv(listingOf(plan)) },
  {
    name: "markdown",
    render: (plan) =>
      [`${experimentMarkdown(plan, sizeText(plan))}\n`, listingMarkdown(listingOf(plan)), ...moreText(plan)].join("\n"),
  },
];

function sizeText({ shard, points, pointsAtMost }: PlannedSweep): string {
  const atMost = pointsAtMost === undefined ? "" : `, for the precision up to ${pointsAtMost}`;
  return `${shard === null ? "" : `shard ${shard}, `}${counted(points, "point")} to run${atMost}`;
}

const moreText = ({ morePoints }: PlannedSweep): readonly string[] => (morePoints === 0 ? [] : [`${morePoints} more.`]);

function listingOf({ coordinateNames, first }: PlannedSweep): Listing<PlannedPoint> {
  const field = (name: string): Field<PlannedPoint> => ({
    name,
    value: ({ coordinates }) => coordinateText(coordinates[name]),
    column: {
      heading: printable(name),
      align: "left",
    },
  });
  const index: Field<PlannedPoint> = {
    name: "index",
    value: (point) => point.index,
    column: { heading: "index", align: "right" },
  };
  return { fields: [index, ...coordinateNames.map(field)], records: first };
}
