/** Small accelerators and models for cost tests. */
import { parseDirective } from "../../src/core/directive.ts";
import type { Layer } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import type { Accelerator, AnalyticCosts, Dataflow, Directive, System, TableRow } from "../../src/core/system.ts";

export function inlineDataflow(...directives: string[]): Dataflow {
  return { name: "inline", directives: directives.map((text) => parseDirective(text) as Directive) };
}

const accelerator: Omit<Accelerator, "costs"> = {
  id: "a",
  clockGHz: 1,
  pes: 256,
  units: 1,
  preemption: ["drain"],
  idlePowerMw: 0,
  globalBufferBytes: Infinity,
};

const costs: Omit<AnalyticCosts, "dataflow"> = {
  kind: "data-centric",
  nocElementsPerCycle: [256],
  energy: { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 },
  startUp: "off",
};

export function analyticAccelerator(
  dataflow: Dataflow,
  changes: Partial<Accelerator> = {},
  costChanges: Partial<AnalyticCosts> = {},
): Accelerator & { readonly costs: AnalyticCosts } {
  return { ...accelerator, ...changes, costs: { ...costs, dataflow, ...costChanges } };
}

export function measuredAccelerator(id: string, rows: readonly TableRow[], units = 1): Accelerator {
  return { ...accelerator, id, pes: 1, units, costs: { kind: "table", rows } };
}

export function systemOf(...accelerators: Accelerator[]): System {
  return {
    name: "test",
    accelerators,
    memory: { bandwidthGBs: 1, energyPjPerByte: 0 },
    contextSwitch: "on",
  };
}

export function modelOf(name: string, layers: readonly Layer[], bytesPerElement = 1): Model {
  return { name, bytesPerElement, variants: [{ name: "original", layers, skips: [], exits: [], loops: [] }] };
}
