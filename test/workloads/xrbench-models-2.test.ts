/** XRBench's segmentation, detection, depth and plane models against docs/references.md#xrbench-models. */
import { type DifferentModel, testDifferent, testLayers, testSources } from "./xrbench-figures.ts";

const different: readonly DifferentModel[] = [
  ["hrvit-b1", { layers: 478, mmacs: 2631.427008 }, { layers: 423, mmacs: 20095.2 }],
  ["d2go-faster-rcnn", { layers: 138, mmacs: 980.176368 }, { layers: 138, mmacs: 9707.3 }],
  ["midas-v21-small", { layers: 97, mmacs: 3446.376192 }, { layers: 92, mmacs: 18493.6 }],
  ["sparse-to-dense", { layers: 34, mmacs: 14709.00224 }, { layers: 34, mmacs: 16837.2 }],
  ["plane-rcnn", { layers: 165, mmacs: 10459.265024 }, { layers: 153, mmacs: 7524.0 }],
];

testDifferent(different);
for (const [name, , artifact] of different) testLayers(name, artifact);
testSources(different.map(([name]) => name));
