/** The runs of a grid by index: ordered by case, then scheduler, then seed. */

import type { PointSource } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import { pathOf } from "../../files/result-file.ts";
import { isPath } from "../../input/is-path.ts";
import type { InputFile } from "../../records/run-result.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { FileId, Grid } from "./baseline.ts";

export function gridPoints(grid: Grid, library: Library): PointSource {
  const { cases, schedulers, seeds } = grid;
  const caseSize = schedulers.length * seeds.length;
  return {
    count: cases.length * caseSize,
    caseSize,
    request(index) {
      const { caseIndex, schedulerIndex, seedIndex } = gridIndexesOf(index, grid);
      return requestOf(grid, caseIndex, schedulerIndex, seeds[seedIndex]!, library);
    },
  };
}

/** Indexes of a run in its grid. */
export function gridIndexesOf(index: number, { schedulers, seeds }: Grid) {
  const row = Math.floor(index / seeds.length);
  return {
    caseIndex: Math.floor(row / schedulers.length),
    schedulerIndex: row % schedulers.length,
    seedIndex: index % seeds.length,
  };
}

function requestOf(grid: Grid, caseIndex: number, schedulerIndex: number, seed: number, library: Library): RunRequest {
  const { scenarioFile, systemFile } = grid.cases[caseIndex]!;
  const { scheduler, given } = grid.schedulers[schedulerIndex]!;
  return {
    scenario: pathOfId(scenarioFile, library),
    system: pathOfId(systemFile, library),
    scheduler: isPath(scheduler) ? pathOfId(scheduler, library) : scheduler,
    parameters: given,
    seed,
    durationMs: grid.durationMs ?? undefined,
    warmupMs: grid.warmupMs,
    variation: grid.variation,
  };
}

const BUILT_IN = "built-in:";

export const idOf = ({ from, path }: Pick<InputFile, "from" | "path">): FileId =>
  from === "built-in" ? `${BUILT_IN}${path}` : path;

const pathOfId = (id: FileId, library: Library): string =>
  id.startsWith(BUILT_IN)
    ? pathOf({ from: "built-in", path: id.slice(BUILT_IN.length) }, library)
    : pathOf({ from: "file", path: id }, library);
