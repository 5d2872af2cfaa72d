/** How long runs last, behind what they are of. */

interface Times {
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly warmupMs: number;
}

/** `, 2000 ms after 500 ms`; empty where nothing was asked for. */
export function timesText({ durationMs, warmupMs }: Times): string {
  return `${durationMs === null ? "" : `, ${durationMs} ms`}${warmupMs === 0 ? "" : ` after ${warmupMs} ms`}`;
}
