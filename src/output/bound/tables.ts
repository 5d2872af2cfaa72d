/** The tables of bounds, for terminals and Markdown. */
import type { BoundedPlace, Bounds } from "../../records/bounds.ts";
import { readable } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { variedText } from "../variation-text.ts";
import { caseText, counted, seedsText, timesText } from "../words.ts";

export function boundsTitle({ cases, seeds, durationMs, warmupMs, variation }: Bounds): string {
  const where = variedText(cases.length === 1 ? caseText(cases[0]!) : counted(cases.length, "case"), variation);
  return `${where}: no schedule has less (${seedsText(seeds)}${timesText({ durationMs, warmupMs })})`;
}

export const tablesOf = (bounds: Bounds): readonly Table[] => [...caseTables(bounds), ...taskTables(bounds)];

/** One for each system: names of both in a row would be too long for a terminal. */
const caseTables = ({ cases }: Bounds): readonly Table[] =>
  [...new Set(cases.map(({ system }) => system))].map((system) => ({
    columns: [left(`on ${system}`), ...["violations %", "rates", "energy mJ", "UXCost", "guarded"].map(right)],
    rows: cases
      .filter((place) => place.system === system)
      .map(({ scenario, mean }) => [
        scenario,
        readable(mean?.violationRate, "share"),
        readable(mean?.violationRates, "ratio"),
        readable(mean?.energyMj, "mJ"),
        readable(mean?.uxCostAtLeastViolations, "ratio"),
        readable(mean?.uxCostGuarded, "ratio"),
      ]),
  }));

/** Of a single case with its first seed; none if there are several, or nothing is known. */
function taskTables({ cases, seeds }: Bounds): readonly Table[] {
  const first = cases[0]?.bySeed[0];
  if (cases.length > 1 || first === undefined) return [];
  const task: Table = {
    columns: [left(`task (seed ${seeds[0]})`), right("jobs"), right("violations")],
    rows: first.tasks.map(({ id, jobs, violations }) => [id, readable(jobs, "count"), readable(violations, "count")]),
  };
  return [task];
}

export const legend =
  "rates: sum of the tasks' violation rates as in UXCost; energy, UXCost: of schedules with the least violations; guarded: UXCost with each dropped job charged its worst case";

/** What is not known, and why. */
export const notesOf = ({ cases }: Bounds): readonly string[] =>
  cases.flatMap((place: BoundedPlace) =>
    place.reason === null ? [] : [`nothing is known of ${caseText(place)}: ${place.reason}`],
  );
