/** Chrome trace events: JSON that chrome://tracing and ui.perfetto.dev open. One record a line. */
import type { TraceFormat } from "./trace-format.ts";
import { type Arrow, type Details, knownDetails, type SliceStart, type Track, trackGroups } from "./trace-record.ts";

/** Names of colours that the format reserves; tasks take them in turn. */
const colours = [
  "thread_state_running",
  "rail_response",
  "thread_state_iowait",
  "rail_animation",
  "cq_build_passed",
  "thread_state_runnable",
  "rail_idle",
  "cq_build_running",
  "olive",
  "rail_load",
  "generic_work",
  "startup",
] as const;

export const chrome: TraceFormat = {
  create({ about }) {
    const groups = trackGroups.flatMap((group, rank) => [
      metadata("process_name", pidOf(group), 0, { name: group }),
      metadata("process_sort_index", pidOf(group), 0, { sort_index: rank }),
    ]);
    return {
      start: () =>
        `{"displayTimeUnit":"ns","otherData":${JSON.stringify(about)},"traceEvents":[\n${groups.join(",\n")}`,
      write(record) {
        switch (record.kind) {
          case "track":
            return record.track.group === "counters" ? "" : lines(...trackLines(record.track));
          case "begin":
            return lines(sliceLine("B", record), ...arrowLines(record));
          case "slice":
            return lines(sliceLine("X", record, `,"dur":${micros(record.endNs - record.ns)}`), ...arrowLines(record));
          case "end":
            return lines(`{"ph":"E",${place(record.track, record.ns)},"args":${detailsJson(record.details)}}`);
          case "instant":
            return lines(
              `{"ph":"i","s":"t","name":${JSON.stringify(record.name)},${place(record.track, record.ns)},"args":${detailsJson(record.details)}}`,
            );
          case "counter":
            return lines(
              `{"ph":"C","name":${JSON.stringify(counterName(record.track))},${place(record.track, record.ns)},"args":{"value":${record.value}}}`,
            );
          default:
            return record satisfies never;
        }
      },
      end: () => "\n]}\n",
    };
  },
};

/** Each after a comma: the lines of the groups come before them. */
const lines = (...texts: readonly string[]): string => texts.map((text) => `,\n${text}`).join("");

const pidOf = (group: Track["group"]): number => trackGroups.indexOf(group) + 1;
const counterName = ({ name, unit }: Track): string => (unit === undefined ? name : `${name} (${unit})`);

const metadata = (name: string, pid: number, tid: number, args: object): string =>
  JSON.stringify({ ph: "M", name, pid, tid, args });

function trackLines({ group, id, name, rank }: Track): readonly string[] {
  const pid = pidOf(group);
  return [metadata("thread_name", pid, id, { name }), metadata("thread_sort_index", pid, id, { sort_index: rank })];
}

const place = ({ group, id }: Track, ns: number): string => `"pid":${pidOf(group)},"tid":${id},"ts":${micros(ns)}`;

function sliceLine(phase: "B" | "X", { name, track, ns, taskIndex, details }: SliceStart, more = ""): string {
  const colour = colours[taskIndex % colours.length];
  return `{"ph":"${phase}","name":${JSON.stringify(name)},${place(track, ns)}${more},"cname":"${colour}","args":${detailsJson(details)}}`;
}

const arrowLines = ({ arrows = [], track, ns }: SliceStart): readonly string[] =>
  arrows.flatMap((arrow) => [arrowLine("s", arrow, arrow.from.track, arrow.from.ns), arrowLine("f", arrow, track, ns)]);

const arrowLine = (phase: "s" | "f", { id, name }: Arrow, track: Track, ns: number): string =>
  `{"ph":"${phase}",${phase === "f" ? '"bp":"e",' : ""}"cat":"flow","id":${id},"name":${JSON.stringify(name)},${place(track, ns)}}`;

const detailsJson = (details: Details): string => JSON.stringify(Object.fromEntries(knownDetails(details)));

/** The format's times are µs. Whole ns as text have no rounding error. */
export function micros(ns: number): string {
  const rest = String(ns % 1000).padStart(3, "0");
  return `${Math.floor(ns / 1000)}.${rest}`;
}
