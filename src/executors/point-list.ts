/** A list of runs as points. */
import type { RunRequest } from "../run/run-setup.ts";
import type { PointSource } from "./point.ts";

/** As in a `PointSource`. Without a `caseSize`, all points belong to one case. */
export type PointListOptions = Partial<Pick<PointSource, "caseSize" | "wanted">>;

/** The index of a point is that of its request. */
export const pointList = (requests: readonly RunRequest[], options: PointListOptions = {}): PointSource => ({
  count: requests.length,
  caseSize: requests.length,
  ...options,
  request: (index) => requests[index],
});
