/** A list of runs as points. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointSource } from "./point.ts";

/** Numbered as in the list. `caseSize`: as of a `PointSource`; left out: all share costs. */
export const pointList = (requests: readonly RunRequest[], caseSize = requests.length): PointSource => ({
  count: requests.length,
  caseSize,
  request: (index) => requests[index],
});
