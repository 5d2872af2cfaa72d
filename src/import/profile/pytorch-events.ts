/** The events of a PyTorch trace, and which operator launched which work of a device. */
import { isMapping, type Mapping } from "../../input/mapping.ts";
import type { JsonProfile } from "./json-values.ts";
import { countUpTo, endOf, type Span } from "./spans.ts";

/** What an event is: categories of PyTorch 1.8 (`Operator`, `Kernel`) and later (`cpu_op`, `kernel`), in lower case. */
const kinds: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ...["cpu_op", "operator"].map((category) => [category, "operator"] as const),
  ["kernel", "kernel"],
  ...["gpu_memcpy", "memcpy", "gpu_memset", "memset"].map((category) => [category, "copy"] as const),
  ...["cuda_runtime", "runtime", "cuda_driver", "xpu_runtime"].map((category) => [category, "launch"] as const),
  ...["privateuse1_runtime", "privateuse1_driver"].map((category) => [category, "launch"] as const),
  ["user_annotation", "label"],
]);

export type EventKind = "operator" | "kernel" | "copy" | "launch" | "label";

/** A complete event. */
export interface TorchEvent extends Span {
  readonly kind: EventKind;
  readonly name: string;
  readonly thread: string;
  /** What a launch and the work of a device that it starts have in common. */
  readonly correlation: string | undefined;
  /** Of a kernel or a copy. */
  readonly device: unknown;
}

/** Whether a list is a trace of PyTorch. */
export const isTorchTrace = (list: readonly unknown[]): boolean =>
  list.some((each) => isMapping(each) && ["operator", "kernel"].includes(kindOf(each) ?? ""));

function kindOf({ ph, cat, name }: Mapping): EventKind | undefined {
  if (ph !== "X" || typeof cat !== "string") return undefined;
  // PyTorch 1.8 has steps among the operators.
  return isStep(name) && !cat.startsWith("gpu") ? "label" : kinds.get(cat.toLowerCase());
}

export const isStep = (name: unknown): boolean => typeof name === "string" && /^ProfilerStep#\d+$/.test(name);

export const torchEvents = (list: readonly unknown[], json: JsonProfile): readonly TorchEvent[] =>
  list
    .flatMap((each, index) => (isMapping(each) ? eventOf(each, index, json) : []))
    .sort((a, b) => a.startUs - b.startUs || b.durationUs - a.durationUs);

function eventOf(event: Mapping, index: number, json: JsonProfile): readonly TorchEvent[] {
  const kind = kindOf(event);
  if (kind === undefined) return [];
  const name = json.text(event, "name", [index]);
  const startUs = json.required(event, "ts", [index]);
  const durationUs = json.required(event, "dur", [index]);
  if (name === undefined || startUs === undefined || durationUs === undefined) return [];
  const { correlation, device } = isMapping(event.args) ? event.args : {};
  return [
    {
      ...{ kind, name, startUs, durationUs, device },
      thread: `${event.pid}/${event.tid}`,
      correlation: correlation === undefined ? undefined : String(correlation),
    },
  ];
}

/** What PyTorch puts around the operators of a compiled network, which are the layers. */
const isWrapper = ({ name }: TorchEvent): boolean =>
  /^(Torch-Compiled Region|## Call CompiledFxGraph|CompiledFunction|TorchDynamo|Call CompiledFxGraph)/.test(name);

/** Operators that no other operator of their thread called, in the order of their starts. */
export function outermost(events: readonly TorchEvent[]): readonly TorchEvent[] {
  const ends = new Map<string, number>();
  return events.filter((event) => {
    if (event.kind !== "operator" || isWrapper(event) || event.startUs < (ends.get(event.thread) ?? -Infinity))
      return false;
    ends.set(event.thread, endOf(event));
    return true;
  });
}

/** Work of a device, with the operator that launched it and when it did. */
export interface Work {
  readonly event: TorchEvent;
  readonly operator: TorchEvent | undefined;
  readonly launchUs: number;
}

/** Of the trace's kernels, and of copies inside a device. Sorted as `events`, by start. */
export function launchedWork(events: readonly TorchEvent[], operators: readonly TorchEvent[]): readonly Work[] {
  const launches = new Map(
    events.flatMap((event) => (event.kind === "launch" ? [[event.correlation, event] as const] : [])),
  );
  launches.delete(undefined);
  const byThread = grouped(operators, ({ thread }) => thread);
  return events.filter(isWork).map((event) => {
    const launch = launches.get(event.correlation);
    const launchUs = launch?.startUs ?? event.startUs;
    const own = launch === undefined ? [] : (byThread.get(launch.thread) ?? []);
    return { event, operator: lastAround(own, launchUs), launchUs };
  });
}

const isWork = ({ kind, name }: TorchEvent): boolean => kind === "kernel" || (kind === "copy" && !isTransfer(name));

/** `Memcpy HtoD (Pageable -> Device)`: the compute units of the device do nothing for it. */
const isTransfer = (name: string): boolean => /\b(HtoD|DtoH|PtoP|HtoA|AtoH)\b|Host|Pinned|Pageable/.test(name);

export const transfersOf = (events: readonly TorchEvent[]): number =>
  events.filter(({ kind, name }) => kind === "copy" && isTransfer(name)).length;

/** Of events of one thread that do not overlap, sorted by start. */
export function lastAround(sorted: readonly TorchEvent[], timeUs: number): TorchEvent | undefined {
  const last = sorted[countUpTo(timeUs, sorted) - 1];
  return last !== undefined && timeUs <= endOf(last) ? last : undefined;
}

/** By key, in the order of the first of each. */
export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [item]);
    else own.push(item);
  }
  return groups;
}
