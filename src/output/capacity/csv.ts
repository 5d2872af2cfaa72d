/** Capacities as CSV, one row per scheduler and case; load curves, one row per factor and bound. */

import type { Capacity, CapacityAnswer, CaseCapacity, LoadPoint } from "../../records/capacity.ts";
import type { Format } from "../format.ts";
import { type Field, listingCsv } from "../listing.ts";

export const csv: Format<Capacity> = {
  name: "csv",
  render: ({ cases }) =>
    listingCsv({
      fields: answerFields,
      records: cases.flatMap((each) => each.answers.map((answer) => ({ ...answer, place: each }))),
    }),
};

type AnswerRow = CapacityAnswer & { readonly place: CaseCapacity };

const answerFields: readonly Field<AnswerRow>[] = [
  { name: "scenario", value: ({ place }) => place.scenario },
  { name: "system", value: ({ place }) => place.system },
  { name: "scheduler", value: ({ scheduler }) => scheduler },
  { name: "verdict", value: ({ verdict }) => verdict },
  { name: "factor", value: ({ factor }) => factor },
  { name: "failsFrom", value: ({ failsFrom }) => failsFrom },
  { name: "low95", value: ({ interval }) => interval.low },
  { name: "high95", value: ({ interval }) => interval.high },
  { name: "isExact", value: ({ place }) => place.isExact },
  { name: "utilisation", value: ({ utilisation }) => utilisation },
  { name: "heldSeeds", value: ({ heldSeeds }) => heldSeeds },
  { name: "runSeeds", value: ({ runSeeds }) => runSeeds },
  { name: "steadyTo", value: ({ steadyTo }) => steadyTo },
  { name: "ceiling", value: ({ place }) => place.ceiling?.factor },
];

interface CurveRow extends LoadPoint {
  readonly place: CaseCapacity;
  readonly scheduler: string;
  readonly bound: string;
  readonly value: LoadPoint["values"][number];
}

const curveFields: readonly Field<CurveRow>[] = [
  { name: "scenario", value: ({ place }) => place.scenario },
  { name: "system", value: ({ place }) => place.system },
  { name: "scheduler", value: ({ scheduler }) => scheduler },
  { name: "bound", value: ({ bound }) => bound },
  { name: "factor", value: ({ factor }) => factor },
  { name: "utilisation", value: ({ utilisation }) => utilisation },
  { name: "seeds", value: ({ seeds }) => seeds },
  { name: "mean", value: ({ value }) => value.mean },
  { name: "low95", value: ({ value }) => value.interval?.low },
  { name: "high95", value: ({ value }) => value.interval?.high },
  { name: "heldShare", value: ({ heldShare }) => heldShare },
  { name: "holds", value: ({ holds }) => holds },
];

/** Every factor that was tried, in rising order, by case and scheduler. */
export function loadCurvesCsv({ cases, bounds }: Capacity): string {
  const records = cases.flatMap((place) =>
    place.answers.flatMap(({ scheduler, curve }) =>
      curve.flatMap((point) =>
        bounds.map((bound, i): CurveRow => ({ ...point, place, scheduler, bound, value: point.values[i]! })),
      ),
    ),
  );
  return listingCsv({ fields: curveFields, records });
}
