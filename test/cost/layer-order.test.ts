/** Cost models remember tiles from layer to layer. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterPes, dataflowPresets } from "../../src/core/dataflows.ts";
import { layerCostModel } from "../../src/cost/layer-cost.ts";
import { propertyRuns } from "../property-runs.ts";
import { anyDataflows, convolutions, paddedConvolutions } from "./random-layers.ts";
import { analyticAccelerator } from "./worlds.ts";

test.each(["maestro", "data-centric"] as const)(
  "what %s says of a layer does not depend on the layers before",
  (kind) => {
    const layers = fc.array(fc.oneof(convolutions, paddedConvolutions), { minLength: 2, maxLength: 12 });
    const dataflows = fc.oneof(anyDataflows, fc.constantFrom(...dataflowPresets));
    const bandwidths = fc.array(fc.constantFrom(1, 8, 256), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(layers, dataflows, bandwidths, (given, dataflow, nocElementsPerCycle) => {
        const pes = clusterPes(dataflow) * 16;
        const accelerator = analyticAccelerator(dataflow, { pes }, { kind, nocElementsPerCycle });
        const costModel = layerCostModel(accelerator)!;
        const costs = [...given, ...given.toReversed()].map((layer) => costModel(layer, 1));
        const alone = given.map((layer) => layerCostModel(accelerator)!(layer, 1));
        expect(costs).toEqual([...alone, ...alone.toReversed()]);
      }),
      propertyRuns(200),
    );
  },
);
