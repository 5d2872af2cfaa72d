/** A check as CSV: one row per moved value, then one per baseline row that was not compared, with the reason. */

import type { CheckReport, Move, RowKey } from "../../records/check-report.ts";
import { csvText } from "../csv-text.ts";
import type { Format } from "../format.ts";

const header = [
  "baseline",
  "scenario",
  "system",
  "scheduler",
  "value",
  "unit",
  "better",
  "before",
  "now",
  "difference",
  "change",
  "differenceLow95",
  "differenceHigh95",
  "movedSeeds",
  "tolerance",
  "verdict",
  "fails",
  "causes",
  "reason",
];

export const csv: Format<CheckReport> = {
  name: "csv",
  render: ({ baselines }) =>
    csvText([
      header,
      ...baselines.flatMap(({ name, moves }) => moves.map((move) => [...place(name, move), ...valuesOf(move), ""])),
      ...baselines.flatMap(({ name, lacks }) =>
        lacks.flatMap(({ reason, rows }) =>
          rows.map((row) => [...place(name, row), ...nothing, "incomparable", "true", "", reason]),
        ),
      ),
    ]),
};

const place = (name: string, { scenario, system, scheduler }: RowKey) => [name, scenario, system, scheduler];

const valuesOf = (move: Move) => [
  move.value,
  move.unit,
  move.better,
  move.before,
  move.now,
  move.difference,
  move.change,
  move.interval?.low,
  move.interval?.high,
  move.movedSeeds,
  move.tolerance,
  move.verdict,
  String(move.fails),
  move.causes.join(" "),
];

/** Of all columns from value to tolerance. */
const nothing = new Array<string>(11).fill("");
