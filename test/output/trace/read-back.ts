/** Reads timelines as their viewers do: events by time (equal times as in the file), slices of a track on a stack. */

export interface ReadSlice {
  readonly track: string;
  readonly name: string;
  readonly ns: number;
  endNs: number;
  readonly details: Record<string, unknown>;
  /** Slices around it. */
  readonly depth: number;
}

export interface ReadTimeline {
  /** In order of their starts. */
  readonly slices: readonly ReadSlice[];
  /** [ns, track, name]. */
  readonly instants: readonly (readonly [number, string, string])[];
  /** [ns, counter, value]. */
  readonly counters: readonly (readonly [number, string, number])[];
  /** Names and tracks of the slices that arrows join. */
  readonly arrows: readonly string[];
}

export interface ReadEvent {
  readonly ns: number;
  readonly track: string;
  readonly kind: "begin" | "end" | "slice" | "instant" | "counter" | "arrowBegin" | "arrowEnd";
  readonly name?: string;
  /** Of a whole slice. */
  readonly endNs?: number;
  readonly value?: number;
  readonly details?: Record<string, unknown>;
  readonly arrow?: unknown;
}

/** Throws where slices of a track do not nest, or an arrow has no slice at its end. */
export function timelineOf(events: readonly ReadEvent[]): ReadTimeline {
  const stacks = new Map<string, ReadSlice[]>();
  const slices: ReadSlice[] = [];
  const read = { instants: [] as [number, string, string][], counters: [] as [number, string, number][] };
  const arrowEnds = new Map<unknown, { from?: string; to?: string }>();
  for (const event of [...events].sort((a, b) => a.ns - b.ns)) {
    const { ns, track, name = "", details = {} } = event;
    const stack = stacks.get(track) ?? [];
    stacks.set(track, stack);
    const closeEnded = () => {
      while (stack.length > 0 && stack.at(-1)!.endNs <= ns) stack.pop();
    };
    const open = (endNs: number) => {
      closeEnded();
      if (Number.isFinite(endNs) && stack.some((around) => around.endNs < endNs)) {
        throw new Error(`${name} on ${track}, ${ns} to ${endNs} ns, does not nest in ${JSON.stringify(stack)}`);
      }
      const slice = { track, name, ns, endNs, details: { ...details }, depth: stack.length };
      slices.push(slice);
      stack.push(slice);
    };
    const bound = () => {
      const slice = stack.at(-1);
      if (slice === undefined) throw new Error(`an arrow at ${ns} ns has no slice on ${track}`);
      return `${slice.name} on ${track}`;
    };
    switch (event.kind) {
      case "begin":
        open(Infinity);
        break;
      case "slice":
        open(event.endNs!);
        break;
      case "end": {
        while (stack.length > 0 && stack.at(-1)!.endNs <= ns) stack.pop();
        const slice = stack.pop();
        if (slice === undefined || slice.endNs !== Infinity) throw new Error(`nothing ends on ${track} at ${ns} ns`);
        slice.endNs = ns;
        Object.assign(slice.details, details);
        break;
      }
      case "instant":
        read.instants.push([ns, track, name]);
        break;
      case "counter":
        read.counters.push([ns, track, event.value!]);
        break;
      case "arrowBegin":
        arrowEnds.set(event.arrow, { ...arrowEnds.get(event.arrow), from: bound() });
        break;
      case "arrowEnd":
        arrowEnds.set(event.arrow, { ...arrowEnds.get(event.arrow), to: bound() });
        break;
    }
  }
  const unfinished = slices.find(({ endNs }) => endNs === Infinity);
  if (unfinished !== undefined) throw new Error(`${unfinished.name} on ${unfinished.track} does not end`);
  return { slices, ...read, arrows: [...arrowEnds.values()].map(({ from, to }) => `${from} -> ${to}`) };
}

interface ChromeEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly id: number;
  readonly args: Record<string, unknown>;
}

const chromeKinds: Readonly<Record<string, ReadEvent["kind"]>> = {
  B: "begin",
  E: "end",
  X: "slice",
  i: "instant",
  C: "counter",
  s: "arrowBegin",
  f: "arrowEnd",
};

/** A file of Chrome trace events. Tracks are named "group: track". */
export function readChrome(text: string): ReadTimeline {
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly ChromeEvent[] };
  const named = (what: string) => traceEvents.filter(({ ph, name }) => ph === "M" && name === what);
  const groups = new Map(named("process_name").map(({ pid, args }) => [pid, args.name]));
  const tracks = new Map(named("thread_name").map(({ pid, tid, args }) => [tid, `${groups.get(pid)}: ${args.name}`]));
  const nsOf = (micros: number) => Math.round(micros * 1000);
  const events = traceEvents
    .filter(({ ph }) => ph !== "M")
    .map(({ ph, name, tid, ts, dur, id, args }): ReadEvent => {
      const kind = chromeKinds[ph];
      if (kind === undefined) throw new Error(`unknown phase ${ph}`);
      const track = kind === "counter" ? `counters: ${name}` : tracks.get(tid);
      if (track === undefined) throw new Error(`track ${tid} has no name`);
      const end = kind === "slice" ? { endNs: nsOf(ts) + nsOf(dur) } : {};
      return { ns: nsOf(ts), track, kind, name, details: args, arrow: id, value: args?.value as number, ...end };
    });
  return timelineOf(events);
}
