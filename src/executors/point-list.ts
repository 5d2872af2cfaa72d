/** A list of runs as points. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointSource } from "./point.ts";

/** As for a `PointSource`. Without a `caseSize` all points share costs. */
export type PointListOptions = Partial<Pick<PointSource, "caseSize" | "wanted">>;

/** Points have the indexes of the list. */
export const pointList = (requests: readonly RunRequest[], options: PointListOptions = {}): PointSource => ({
  count: requests.length,
  caseSize: requests.length,
  ...options,
  request: (index) => requests[index],
});
