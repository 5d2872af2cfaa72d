/** Measured times of models on accelerators, as every importer of profiles gives them to `measured-files.ts`. */

/** How long something took. */
export interface MeasuredTime {
  /** The mean of the runs. */
  readonly meanNs: number;
  /** One for each run, if more than one was measured. */
  readonly samplesNs?: readonly number[];
}

/** A row of the table. */
export interface MeasuredRow {
  /** As people call it; equal titles are one accelerator. */
  readonly accelerator: string;
  /** Undefined: the whole model. Repeated names are different layers. */
  readonly layer?: string;
  readonly time: MeasuredTime;
  readonly energyPj?: number;
}

/** A network that is in a model file already. */
export interface JoinedNetwork {
  readonly name: string;
  /** As the written scenario names it. */
  readonly path: string;
}

export interface MeasuredModel {
  /** As people call it. */
  readonly title: string;
  /** Names of the files that it was measured in. */
  readonly sources: readonly string[];
  /** Comments of its file. */
  readonly remarks: readonly string[];
  readonly rows: readonly MeasuredRow[];
  /** Its layers; left out: the rows are the layers. */
  readonly network?: JoinedNetwork;
}

/** A task of the scenario: it has a rate, or follows another one. */
export type MeasuredTask = Readonly<
  { modelIndex: number; fps: number } | { modelIndex: number; afterModelIndex: number }
>;

export interface MeasuredSet {
  readonly models: readonly MeasuredModel[];
  readonly tasks: readonly MeasuredTask[];
  /** What was measured on. */
  readonly systemTitle: string;
  readonly scenarioTitle: string;
  /** Names of the files read. */
  readonly sources: readonly string[];
  /** What they are, such as `Qualcomm AI Hub perf.yaml`. */
  readonly format: string;
  readonly systemRemarks?: readonly string[];
  readonly scenarioRemarks?: readonly string[];
}

/** Of the times of some runs; at least one. */
export function timeOf(samplesNs: readonly number[]): MeasuredTime {
  const meanNs = samplesNs.reduce((sum, ns) => sum + ns, 0) / samplesNs.length;
  return samplesNs.length === 1 ? { meanNs } : { meanNs, samplesNs };
}

/** Standard deviation / mean of the runs (n - 1); undefined with fewer than two runs, or if nothing took time. */
export function cvOf({ meanNs, samplesNs = [] }: MeasuredTime): number | undefined {
  if (samplesNs.length < 2 || meanNs === 0) return undefined;
  const squares = samplesNs.reduce((sum, ns) => sum + (ns - meanNs) ** 2, 0);
  return Math.sqrt(squares / (samplesNs.length - 1)) / meanNs;
}

const NS_PER_MS = 1e6;

/** Whole ns as ms. */
export const msOf = (ns: number): number => Math.round(ns) / NS_PER_MS;

/** Names that several accelerators share are one layer each, the n-th with the n-th. */
export function layerCount(rows: readonly MeasuredRow[]): number {
  const counts = new Map<string, number>();
  const layers = new Set<string>();
  for (const { accelerator, layer } of rows) {
    if (layer === undefined) continue;
    const key = `${accelerator}\n${layer}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    layers.add(`${counts.get(key)}\n${layer}`);
  }
  return layers.size;
}
