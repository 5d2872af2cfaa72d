/** What a sweep would run. */
import { printable } from "../../input/printable.ts";
import type { Coordinates } from "../../records/sweep-report.ts";
import { counted } from "../counted.ts";
import type { Format } from "../format.ts";
import { jsonText } from "../json-text.ts";
import { type Field, type Listing, listingCsv, listingMarkdown, listingTable } from "../listing.ts";
import { coordinateText } from "./coordinates-text.ts";
import { experimentHeading, experimentMarkdown } from "./experiment-heading.ts";

export interface PlannedSweep {
  readonly name: string;
  readonly title: string | null;
  readonly planHash: string;
  /** Such as `1/4`; null: the whole sweep. */
  readonly shard: string | null;
  /** Of the shard; those that a precision begins with. */
  readonly points: number;
  /** Left out: there is no precision that may want more. */
  readonly pointsAtMost?: number;
  readonly coordinateNames: readonly string[];
  readonly first: readonly PlannedPoint[];
  readonly morePoints: number;
}

export interface PlannedPoint {
  readonly index: number;
  readonly coordinates: Coordinates;
}

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
  { name: "json", render: jsonText },
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
