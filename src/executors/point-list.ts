/** A list of runs as points. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointSource } from "./point.ts";

/** Points have the indexes of the list. `caseSize` is that of `PointSource`; by default all points share costs. */
export const pointList = (requests: readonly RunRequest[], caseSize = requests.length): PointSource => ({
  count: requests.length,
  caseSize,
  request: (index) => requests[index],
});
