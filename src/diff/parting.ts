/** Finds the first decision that differs between two runs. */
import type { Program } from "../core/program.ts";
import { acceleratorId, judgementOf, msOf, taskId, variantName } from "../explain/names.ts";
import type { Decision, Parting } from "../records/run-diff.ts";
import { type DecisionChunk, type DecisionEvent, decisionNumbers, type KeptDecision } from "./decisions.ts";

/** The first chunk whose hashes differ; undefined: none. */
export function firstDifferentChunk(a: readonly string[], b: readonly string[]): number | undefined {
  const length = Math.max(a.length, b.length);
  for (let chunk = 0; chunk < length; chunk += 1) if (a[chunk] !== b[chunk]) return chunk;
  return undefined;
}

export interface PartingSide {
  readonly program: Program;
  readonly acceleratorCodes: readonly number[];
}

interface ChunkOfSide extends PartingSide {
  readonly decisions: DecisionChunk;
}

/** In a chunk whose hashes differ. */
export function partingIn(a: ChunkOfSide, b: ChunkOfSide): Parting | null {
  const length = Math.max(a.decisions.kept.length, b.decisions.kept.length);
  for (let i = 0; i < length; i += 1) {
    const [ofA, ofB] = [a.decisions.kept[i], b.decisions.kept[i]];
    if (isSame(ofA, ofB, a, b)) continue;
    return {
      after: a.decisions.first + i,
      a: ofA === undefined ? null : decisionOf(a.program, ofA, ofB),
      b: ofB === undefined ? null : decisionOf(b.program, ofB, ofA),
    };
  }
  return null;
}

function isSame(a: KeptDecision | undefined, b: KeptDecision | undefined, ofA: PartingSide, ofB: PartingSide): boolean {
  if (a === undefined || b === undefined) return false;
  const numbers = decisionNumbers(b.event, ofB.acceleratorCodes);
  const own = decisionNumbers(a.event, ofA.acceleratorCodes);
  return own.length === numbers.length && own.every((number, i) => number === numbers[i]);
}

function decisionOf(program: Program, { event, why, waited }: KeptDecision, other: KeptDecision | undefined): Decision {
  const isWait = waited !== undefined && waited.timeNs === other?.event.timeNs && waited.timeNs < event.timeNs;
  return {
    atMs: msOf(event.timeNs),
    kind: kindNames[event.kind],
    task: taskId(program, event.taskIndex),
    job: event.jobIndex,
    ...detailsOf(program, event),
    ...(why !== undefined && { why: judgementOf(program, why) }),
    ...(isWait && { waited: judgementOf(program, waited) }),
  };
}

const kindNames = {
  jobDispatched: "run",
  jobPreempted: "preempt",
  jobDropped: "drop",
  variantChosen: "chooseVariant",
} as const;

function detailsOf(program: Program, event: DecisionEvent): Partial<Decision> {
  switch (event.kind) {
    case "jobDispatched":
      return {
        accelerator: acceleratorId(program, event.acceleratorIndex),
        units: event.units,
        layer: event.layerIndex,
        layers: event.layers,
        variant: variantName(program, event.taskIndex, event.variantIndex),
      };
    case "jobPreempted":
      return { accelerator: acceleratorId(program, event.acceleratorIndex), how: event.how };
    case "variantChosen":
      return { variant: variantName(program, event.taskIndex, event.variantIndex) };
    case "jobDropped":
      return {};
    default:
      return event satisfies never;
  }
}
