/** Reads the trace that PyTorch's profiler exports (`export_chrome_trace`, `tensorboard_trace_handler`). */
import { counted } from "../counted.ts";
import type { JsonProfile } from "./json-values.ts";
import { layersOfRuns, type RunStep } from "./layers-of-runs.ts";
import {
  betweenLayers,
  leftIf,
  NS_PER_US,
  noRunLeft,
  type Profile,
  type ReadOptions,
  slowFirstRun,
} from "./profile.ts";
import {
  grouped,
  isStep,
  lastAround,
  launchedWork,
  outermost,
  type TorchEvent,
  torchEvents,
  transfersOf,
  type Work,
} from "./pytorch-events.ts";
import { endOf } from "./spans.ts";

/**
 * Each operator that the network itself calls is a layer: what it launched on the GPU, or its own time if nothing ran
 * there. A kernel that no operator launched is a layer, too.
 */
export function readTorch(file: string, list: readonly unknown[], json: JsonProfile, options: ReadOptions): Profile {
  const { warmup = 0 } = options;
  const events = torchEvents(list, json);
  const operators = outermost(events);
  const work = launchedWork(events, operators);
  const labels = runLabels(events);
  const { runs, stray } = work.length > 0 ? deviceRuns(work, labels) : hostRuns(operators, labels);
  const kept = runs.slice(warmup);
  if (kept.length === 0)
    json.report([], "PROFILE_SYNTAX", runs.length === 0 ? nothingRan : noRunLeft(runs.length, warmup));
  const { layers, partial } = layersOfRuns(kept.map(({ steps }) => steps));
  const withWork = new Set(work.map(({ operator }) => operator));
  return {
    file,
    format: "pytorch",
    layers,
    runs: kept.length,
    remarks: labels.length === 0 ? [] : [`runs are ${runWords(labels)}`],
    hints: [...oneRunHint(labels, layers.length), ...slowFirstRun(kept.map(sumNs))],
    left: [
      ...leftIf(runs.length - kept.length, "run", "warm-up (--warmup)"),
      ...leftIf(
        stray,
        work.length > 0 ? "kernel outside of every run" : "operator outside of every run",
        "no step or label contains it",
      ),
      ...leftIf(partial, "operator that ran in some runs only", "it is a layer; where it did not run, it took 0 ms"),
      ...leftIf(
        work.length === 0 ? 0 : operators.filter((operator) => !withWork.has(operator)).length,
        "operator without a kernel",
        "it ran on the host, beside the GPU",
      ),
      ...leftIf(transfersOf(events), "copy from or to the host", "the GPU's cores do nothing for it"),
      ...betweenLayers(mean(kept.map(sumNs)), mean(kept.map(({ spanNs }) => spanNs))),
    ],
  };
}

const nothingRan = "no operator and no kernel of this trace ran inside a step";

interface TorchRun {
  readonly steps: readonly RunStep[];
  /** From its first start to its last end. */
  readonly spanNs: number;
}

interface TorchRuns {
  readonly runs: readonly TorchRun[];
  readonly stray: number;
}

/** Steps of the profiler's schedule; without one, what the user labelled, if all has one label. Else the trace is one run. */
function runLabels(events: readonly TorchEvent[]): readonly TorchEvent[] {
  const labels = events.filter(({ kind }) => kind === "label");
  const steps = labels.filter(({ name }) => isStep(name));
  if (steps.length > 0) return steps;
  const isAlone = new Set(labels.map(({ name }) => name)).size === 1;
  const isApart = labels.every((label, i) => i === 0 || endOf(labels[i - 1]!) <= label.startUs);
  return isAlone && isApart ? labels : [];
}

const runWords = (labels: readonly TorchEvent[]): string =>
  isStep(labels[0]?.name)
    ? `the profiler's ${counted(labels.length, "step")}`
    : `${labels.length} x ${labels[0]?.name}`;

const oneRunHint = (labels: readonly TorchEvent[], layers: number): readonly string[] =>
  labels.length > 0 || layers === 0
    ? []
    : [
        "without steps the whole trace is one run; if it has several, call prof.step() after each, or label each with record_function",
      ];

/** `undefined` as label: outside of all. */
function inRuns<Item>(
  items: readonly Item[],
  labels: readonly TorchEvent[],
  timeOf: (item: Item) => number,
): { readonly runs: readonly (readonly Item[])[]; readonly stray: number } {
  if (labels.length === 0) return { runs: items.length === 0 ? [] : [items], stray: 0 };
  const own = grouped(items, (item) => lastAround(labels, timeOf(item)));
  const runs = labels.flatMap((label) => (own.has(label) ? [own.get(label)!] : []));
  return { runs, stray: own.get(undefined)?.length ?? 0 };
}

function hostRuns(operators: readonly TorchEvent[], labels: readonly TorchEvent[]): TorchRuns {
  const { runs, stray } = inRuns(operators, labels, ({ startUs }) => startUs);
  const steps = runs.map((own) =>
    own.map((each) => ({ name: each.name, durationNs: each.durationUs * NS_PER_US, accelerator: "CPU" })),
  );
  return { runs: steps.map((each, i) => ({ steps: each, spanNs: spanNs(runs[i]!) })), stray };
}

/** Kernels belong to the run that launched them, since the GPU is behind the host. */
function deviceRuns(work: readonly Work[], labels: readonly TorchEvent[]): TorchRuns {
  const { runs, stray } = inRuns(work, labels, ({ launchUs }) => launchUs);
  const devices = new Set(work.map(({ event }) => event.device));
  const unitOf = ({ device }: TorchEvent): string => (devices.size > 1 ? `GPU ${device}` : "GPU");
  return {
    runs: runs.map((own) => ({ steps: deviceSteps(own, unitOf), spanNs: spanNs(own.map(({ event }) => event)) })),
    stray,
  };
}

/** An operator has the time of all that it launched on a device, and stands where its first kernel started. */
function deviceSteps(work: readonly Work[], unitOf: (event: TorchEvent) => string): readonly RunStep[] {
  const byUnit = grouped(work, ({ event }) => unitOf(event));
  return [...byUnit].flatMap(([accelerator, own]) =>
    [...grouped(own, ({ event, operator }) => operator ?? event)].map(([{ name }, launched]) => ({
      name,
      durationNs: launched.reduce((sum, { event }) => sum + event.durationUs, 0) * NS_PER_US,
      accelerator,
    })),
  );
}

const sumNs = ({ steps }: TorchRun): number => steps.reduce((sum, { durationNs }) => sum + durationNs, 0);

const spanNs = (events: readonly TorchEvent[]): number =>
  (events.reduce((end, event) => Math.max(end, endOf(event)), 0) - (events[0]?.startUs ?? 0)) * NS_PER_US;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
