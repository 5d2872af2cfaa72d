/**
 * Cost of a layer as the XRBench MLSys 2023 artifact (MAESTRO) computes it, quirks included.
 * Source: docs/references.md#maestro. Q numbers are those of docs/references.md#maestro-quirks.
 */
import type { Dataflow, EnergyPerAccess } from "../core/system.ts";
import { bandwidthAt, dimension, dimensionCount, type Loop, levelsOf } from "./dataflow.ts";
import { MaestroLevel } from "./maestro-level.ts";

/** Y and X are input rows and columns. The artifact's other layer types cost the same as CONV. */
export interface MaestroLayer {
  readonly type: "CONV" | "DSCONV";
  readonly K: number;
  readonly C: number;
  readonly Y: number;
  readonly X: number;
  readonly R: number;
  readonly S: number;
}

export interface MaestroCost {
  readonly cycles: number;
  readonly energyNj: number;
  /** As the artifact counts them; seldom the true number (Q1, Q8). */
  readonly macs: number;
  /** On-chip buffer need in elements: twice what the first visit loads and sends. */
  readonly l2Elements: number;
  /** Elements that leave the global buffer towards the PEs, and finished outputs that enter it. */
  readonly movedElements: number;
  /** Of `cycles`, those of visits that wait for a transfer. */
  readonly transferCycles: number;
}

/** The analysis for one accelerator; undefined if it has fewer PEs than one cluster of the dataflow. */
export function maestroCostModel(
  dataflow: Dataflow,
  pes: number,
  nocElementsPerCycle: readonly number[],
  energy: EnergyPerAccess,
): ((layer: MaestroLayer) => MaestroCost) | undefined {
  const written = levelsOf(dataflow, pes, withArtifactHalo);
  if (written === undefined) return undefined;
  // Q10: the innermost level uses the first bandwidth.
  const innermostFirst = (i: number) => bandwidthAt(nocElementsPerCycle, written.length - 1 - i);
  const outermost = written.reduceRight<MaestroLevel | undefined>(
    (below, level, i) => new MaestroLevel(level, innermostFirst(i), below),
    undefined,
  )!;
  const layerSizes = new Float64Array(dimensionCount);
  const perMac = energyPerMac(energy);
  return (layer) => {
    setSizes(layerSizes, layer);
    outermost.evaluate(layerSizes, layerSizes, layer.type === "DSCONV" ? dimension.C : dimension.K);
    return costOf(layer, outermost, perMac);
  };
}

/** Q1: an output size grows by the level's own filter size, or else by its number of directives, less 1. */
function withArtifactHalo(loop: Loop, levelLoops: readonly Loop[]): Loop {
  if (!loop.isOfOutputs) return loop;
  const filter = loop.dimension === dimension.X ? dimension.S : dimension.R;
  const halo = levelLoops.find((other) => other.dimension === filter)?.size ?? levelLoops.length;
  return { ...loop, isOfOutputs: false, size: loop.size + halo - 1 };
}

function setSizes(sizes: Float64Array, { K, C, R, S, Y, X }: MaestroLayer): void {
  sizes[dimension.K] = K;
  sizes[dimension.C] = C;
  sizes[dimension.R] = R;
  sizes[dimension.S] = S;
  sizes[dimension.Y] = Y;
  sizes[dimension.X] = X;
}

function costOf(layer: MaestroLayer, outermost: MaestroLevel, perMac: EnergyPerMac): MaestroCost {
  const outputs = outputElements(layer);
  return {
    cycles: outermost.cycles,
    energyNj: energyNj(layer, outermost, outputs, perMac),
    macs: outermost.macs,
    l2Elements: 2 * outermost.firstVisitElements,
    movedElements: outermost.inputLoads + outermost.weightLoads + outputs,
    transferCycles: outermost.transferCycles,
  };
}

/** May be the product of two negative factors (Q2). */
function outputElements({ type, K, C, Y, X, R, S }: MaestroLayer): number {
  return (type === "DSCONV" ? C : K) * (Y - R + 1) * (X - S + 1);
}

/** Accesses in MACs, and a MAC in nJ: 6, 0.55, 1 and 0.00288 with the artifact's energies. */
interface EnergyPerMac {
  readonly l2: number;
  readonly l1: number;
  readonly mac: number;
  readonly scaleNj: number;
}

/** If MACs cost nothing, the unit is 1 pJ instead. */
function energyPerMac({ macPj, l1Pj, l2Pj }: EnergyPerAccess): EnergyPerMac {
  const unitPj = macPj > 0 ? macPj : 1;
  return {
    l2: tidy(l2Pj / unitPj),
    l1: tidy(l1Pj / unitPj),
    mac: macPj > 0 ? 1 : 0,
    scaleNj: tidy(unitPj / 1000),
  };
}

/** Twelve digits: 17.28 / 2.88 is 6, not 6.000000000000001. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** docs/references.md#maestro-energy. The order of the terms is the artifact's, so that every printed digit agrees. */
function energyNj(layer: MaestroLayer, totals: MaestroLevel, outputs: number, perMac: EnergyPerMac): number {
  const { K, C, Y, X, R, S } = layer;
  const { l2, l1, mac, scaleNj } = perMac;
  const l2Energy =
    l2 * totals.inputLoads + l2 * (C * Y * X) + l2 * totals.weightLoads + l2 * (K * C * R * S) + l2 * outputs;
  const withOperands =
    l2Energy + l1 * totals.operandReads + l1 * totals.inputFills + l1 * totals.operandReads + l1 * totals.weightFills;
  return (withOperands + l1 * totals.outputReads + l1 * totals.outputWrites + mac * totals.macs) * scaleNj;
}
