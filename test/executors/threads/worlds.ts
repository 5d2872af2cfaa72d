/** Points of a scenario small enough for hundreds of them, with policies that behave badly. */
import type { PointOutcome, PointSource } from "../../../src/executors/point.ts";
import type { RunRequest } from "../../../src/run/run-setup.ts";
import { folderWith, small } from "../../cli/call.ts";

const policy = (name: string, atStart: string, atDecision = ""): string => `export default {
  name: "${name}", summary: "first job, first accelerator", source: "none", parameters: [],
  create() {
    ${atStart}
    return {
      lateDrop: false,
      decide(view, decisions) {
        ${atDecision}
        decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layers: 1 });
      },
    };
  },
};
`;

/** The small scenario, its system, and policies: one that behaves, and what can go wrong. */
export const world = (): string =>
  folderWith({
    ...small,
    "good.mjs": policy("good", ""),
    "throws.mjs": policy("throws", "", 'throw new Error("no idea");'),
    "exits.mjs": policy("exits", "", "process.exit(7);"),
    "late.mjs": policy("late", 'setTimeout(() => { throw new Error("too late"); }, 0);'),
    "hangs.mjs": policy("hangs", "", "for (;;);"),
    "loops.mjs": "for (;;);",
  });

export const requestOf = (scheduler: string, seed = 1): RunRequest => ({
  scenario: "small.yaml",
  system: "soc.yaml",
  scheduler,
  parameters: {},
  seed,
  durationMs: undefined,
  warmupMs: 0,
});

/** undefined: a point that needs no run. */
export const sourceOf = (requests: readonly (RunRequest | undefined)[], caseSize = 1): PointSource => ({
  count: requests.length,
  caseSize,
  request: (index) => requests[index],
});

/** By index; fails for an outcome that came twice. */
export class Outcomes {
  readonly byIndex: (PointOutcome | undefined)[] = [];
  readonly ended = (outcome: PointOutcome): void => {
    if (this.byIndex[outcome.index] !== undefined) throw new Error(`point ${outcome.index} came twice`);
    this.byIndex[outcome.index] = outcome;
  };

  /** `done`, or the kind of failure. */
  get kinds(): readonly (string | undefined)[] {
    return Array.from(this.byIndex, (each) => (each?.kind === "failed" ? each.failure.kind : each?.kind));
  }
}
