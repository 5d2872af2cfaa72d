/** XRBench's hand, eye, gaze, keyword, speech and action models against docs/references.md#xrbench-models. */
import { type CloseModel, type DifferentModel, testClose, testDifferent, testSources } from "./xrbench-figures.ts";

const close: readonly CloseModel[] = [["ritnet", { layers: 42, mmacs: 1040.1 }]];

const different: readonly DifferentModel[] = [
  ["hand-graph-cnn", { layers: 224, mmacs: 4072.630272 }, { layers: 224, mmacs: 3724.5 }],
  ["fbnet-c", { layers: 63, mmacs: 139.97776 }, { layers: 63, mmacs: 2158.3 }],
  ["res8-narrow", { layers: 8, mmacs: 6.752676 }, { layers: 8, mmacs: 5.3 }],
  ["emformer-em24l", { layers: 168, mmacs: 10066.3296 }, { layers: 120, mmacs: 9663.7 }],
  ["ed-tcn", { layers: 5, mmacs: 354.910976 }, { layers: 4, mmacs: 354.5 }],
];

testClose(close);
testDifferent(different);
testSources([...close, ...different].map(([name]) => name));
