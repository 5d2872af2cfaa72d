/** Progress of runs in this thread. */
import type { SimulatedShare } from "../run/coarse-progress.ts";
import { type MakeRun, runOnce } from "../run/run-once.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { Invocation } from "./command.ts";
import type { Progress } from "./progress.ts";
import { tellSetups } from "./told-setups.ts";

/** Makes runs that Ctrl-C ends, and counts them. */
export const shownRuns =
  ({ interruptibly, verbose }: Invocation, progress: Progress): MakeRun =>
  (setup, options) => {
    const { underWay } = progress;
    if (progress.done === 0) {
      verbose("executor", "this thread");
      tellSetups([setup], verbose);
    }
    const made = interruptibly(
      (pulse) => runOnce(setup, { ...options, pulse, ...(underWay !== undefined && { progress: underWay }) }),
      setup,
    );
    progress.ended();
    return made;
  };

export interface SimulatedTime {
  readonly progress: Progress;
  /** Told about the run of a setup, by index; undefined: nobody is told. */
  readonly ofRun: ((index: number) => SimulatedShare) | undefined;
}

/** Runs one after another, by the time that they simulate: they may be of any length. */
export function showSimulatedTime(setups: readonly RunSetup[], { showProgress, verbose }: Invocation): SimulatedTime {
  tellSetups(setups, verbose);
  verbose("executor", "this thread");
  const secondsOf = ({ program }: RunSetup): number => program.scenario.durationNs / 1e9;
  const total = setups.map(secondsOf).reduce((sum, seconds) => sum + seconds, 0);
  const digits = total < 100 ? 1 : 0;
  const progress = showProgress({ total, digits, unit: "s simulated", rateUnit: "s/s" });
  const ofRun = (index: number): SimulatedShare => {
    const before = setups.slice(0, index).map(secondsOf);
    const beforeS = before.reduce((sum, seconds) => sum + seconds, 0);
    const { name } = setups[index]!.program.scenario;
    progress.about(setups.length === 1 ? name : `${name} (${index + 1} of ${setups.length})`);
    return (share) => progress.advance(beforeS + share * secondsOf(setups[index]!));
  };
  return { progress, ofRun: progress.underWay === undefined ? undefined : ofRun };
}
