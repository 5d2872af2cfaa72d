/** Compares two runs of one scenario: decisions, fates of jobs, metrics. */
import { type Observer, together } from "../core/events.ts";
import { IncomparableError } from "../input/incomparable-error.ts";
import { RequestError } from "../input/request-error.ts";
import { metrics } from "../metrics/index.ts";
import type { DiffSide, MetricDifference, Parting, RunDiff } from "../records/run-diff.ts";
import type { RunResult } from "../records/run-result.ts";
import type { MakeRun } from "../run/run-once.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { AcceleratorCodes, DecisionChunk, DecisionDigest } from "./decisions.ts";
import { FateComparison, FateLog } from "./fates.ts";
import { firstDifferentChunk, partingIn } from "./parting.ts";

/** One run to compare. */
export interface ComparedRun {
  readonly label: string;
  readonly setup: RunSetup;
  /** Of a result in a file: the repeated run must have it. */
  readonly statedHash?: string | undefined;
}

interface Side extends ComparedRun {
  readonly acceleratorCodes: readonly number[];
  /** Runs it once more. */
  run(observer: Observer): RunResult;
}

/**
 * Throws RequestError if the runs are of different scenarios, and IncomparableError if a result cannot be repeated. Runs
 * that differ are simulated twice: to find the part that differs, then to listen to it.
 */
export function diffRuns([a, b]: readonly [ComparedRun, ComparedRun], makeRun: MakeRun): RunDiff {
  const codes = new AcceleratorCodes();
  const ofA = sideOf(a, codes, makeRun);
  const ofB = sideOf(b, codes, makeRun);
  assertSameTasks(ofA, ofB);
  const digestA = new DecisionDigest(ofA.acceleratorCodes);
  const digestB = new DecisionDigest(ofB.acceleratorCodes);
  const log = new FateLog(ofA.setup.program);
  const fates = new FateComparison(ofB.setup.program, log);
  const resultA = ofA.run(together([digestA.observer, log.observer]));
  const resultB = ofB.run(together([digestB.observer, fates.observer]));
  const { jobs, changed } = fates.finish();
  return {
    schemaVersion: 1,
    scenario: resultA.scenario,
    a: diffSide(a, resultA, digestA.count),
    b: diffSide(b, resultB, digestB.count),
    parting: parting(firstDifferentChunk(digestA.finish(), digestB.finish()), ofA, ofB),
    jobs,
    changedJobs: changed,
    metrics: metricDifferences(resultA, resultB),
  };
}

function sideOf(compared: ComparedRun, codes: AcceleratorCodes, makeRun: MakeRun): Side {
  const { setup } = compared;
  return {
    ...compared,
    acceleratorCodes: codes.of(setup.program.system.accelerators.map(({ id }) => id)),
    run(observer) {
      const { result } = makeRun(setup, { observer });
      assertRepeated(compared, result);
      return result;
    },
  };
}

function assertRepeated({ label, statedHash }: ComparedRun, { resultHash }: RunResult): void {
  if (statedHash === undefined || statedHash === resultHash) return;
  throw new IncomparableError(
    `${label} cannot be repeated: its run now has another result (${resultHash.slice(0, 12)}…, not ${statedHash.slice(0, 12)}…); \`rtmm rerun\` shows what differs`,
  );
}

function assertSameTasks(a: Side, b: Side): void {
  const [ofA, ofB] = [a.setup.program.scenario, b.setup.program.scenario];
  if (ofA.name !== ofB.name)
    throw new RequestError(
      `${a.label} runs ${ofA.name} and ${b.label} runs ${ofB.name}; a diff needs two runs of one scenario`,
    );
  const ids = ({ tasks }: typeof ofA): string => tasks.map(({ id }) => id).join(", ");
  if (ids(ofA) !== ids(ofB))
    throw new RequestError(`the tasks of ${ofA.name} differ between the runs: ${ids(ofA)}, and ${ids(ofB)}`);
}

function parting(chunk: number | undefined, a: Side, b: Side): Parting | null {
  if (chunk === undefined) return null;
  const listenedTo = (each: Side) => {
    const decisions = new DecisionChunk(chunk);
    each.run(decisions.observer);
    return { program: each.setup.program, acceleratorCodes: each.acceleratorCodes, decisions };
  };
  return partingIn(listenedTo(a), listenedTo(b));
}

function diffSide({ label }: ComparedRun, result: RunResult, decisions: number): DiffSide {
  const { system, scheduler, seed, durationMs, warmupMs, variation, resultHash } = result;
  const varied = variation !== undefined && { variation };
  return { label, system, scheduler, seed, durationMs, warmupMs, ...varied, resultHash, decisions };
}

/** Of metrics that one of the results has. */
export function metricDifferences(a: RunResult, b: RunResult): readonly MetricDifference[] {
  return metrics
    .filter(({ name }) => name in a.metrics || name in b.metrics)
    .map(({ name, title, unit, better }) => {
      const [ofA, ofB] = [a.metrics[name] ?? null, b.metrics[name] ?? null];
      const areKnown = ofA !== null && ofB !== null;
      return {
        ...{ name, title, unit, better },
        ...{ a: ofA, b: ofB },
        difference: areKnown ? ofB - ofA : null,
        ratio: areKnown && ofA !== 0 ? ofB / ofA : null,
      };
    });
}
