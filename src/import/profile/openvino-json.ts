/** Reads the JSON reports of OpenVINO's benchmark_app: a time for each layer, of each request or on average. */

import { isMapping, type Mapping } from "../../input/mapping.ts";
import { timeOf } from "../measured.ts";
import type { JsonProfile } from "./json-values.ts";
import { leftIf, NS_PER_MS, noRunLeft, type Profile, type ProfileLayer, type ReadOptions } from "./profile.ts";

type Path = readonly (string | number)[];

/** Whether JSON is a report with counters of layers. */
export const isOpenvinoReport = (value: unknown): value is Mapping =>
  isMapping(value) && ("avg_performance" in value || "detailed_performance" in value);

export function readOpenvinoJson(
  file: string,
  value: Mapping,
  json: JsonProfile,
  { warmup = 0 }: ReadOptions,
): Profile {
  const all = requestsOf(value, json);
  const requests = all.slice(warmup);
  const layers = layersOf(requests, json);
  if (requests.length === 0 && all.length > 0) json.report([], "PROFILE_SYNTAX", noRunLeft(all.length, warmup));
  else if (layers.length === 0) json.report([], "PROFILE_SYNTAX", "this report has no layer that was executed");
  return {
    file,
    format: "openvino",
    layers,
    runs: requests.length,
    remarks: requests.length > 1 ? [`${requests.length} requests`] : [],
    left: [
      ...leftIf(all.length - requests.length, "request", "warm-up (--warmup)"),
      ...leftIf(requests[0]?.idle ?? 0, "layer that did not run", "OpenVINO fused it into another, or skipped it"),
    ],
    hints: requests[0]?.isSorted
      ? ["layers stand by their times, not in the order of the run; average_counters has that"]
      : [],
  };
}

interface Request {
  readonly nodes: readonly { readonly name: string; readonly ms: number }[];
  /** Layers that took no part. */
  readonly idle: number;
  readonly isSorted: boolean;
}

function requestsOf(value: Mapping, json: JsonProfile): readonly Request[] {
  const [key, list]: readonly [string, unknown] =
    "avg_performance" in value
      ? ["avg_performance", [value.avg_performance]]
      : ["detailed_performance", value.detailed_performance];
  if (Array.isArray(list)) return list.map((each: unknown, i) => requestOf(each, [key, i], json));
  json.report([key], "WRONG_TYPE", `${key} must be a list of requests`);
  return [];
}

function requestOf(value: unknown, path: Path, json: JsonProfile): Request {
  const nodes = isMapping(value) && Array.isArray(value.nodes) ? (value.nodes as readonly unknown[]) : undefined;
  if (nodes === undefined) json.report(path, "MISSING_KEY", 'a request needs the list "nodes"');
  const maps = (nodes ?? []).flatMap((node, i) => (isMapping(node) ? [{ node, at: [...path, "nodes", i] }] : []));
  const executed = maps.filter(({ node }) => node.status === "EXECUTED");
  return {
    nodes: executed.flatMap(({ node, at }) => {
      const name = json.text(node, "name", at);
      const ms = json.required(node, "real_time", at);
      return name === undefined || ms === undefined ? [] : [{ name, ms }];
    }),
    idle: maps.length - executed.length,
    isSorted: maps.some(({ node }) => "%" in node),
  };
}

/** In the order of the first request; the n-th of a name is one layer. */
function layersOf(requests: readonly Request[], json: JsonProfile): readonly ProfileLayer[] {
  const samples = requests.map(({ nodes }) => byOccurrence(nodes));
  const [first = new Map<string, number>()] = samples;
  const odd = samples.findIndex((each) => each.size !== first.size || [...first.keys()].some((key) => !each.has(key)));
  if (odd > 0) json.report([], "PROFILE_SYNTAX", `request ${odd + 1} has other layers than the first`);
  if (odd >= 0) return [];
  return [...first.keys()].map((key) => ({
    name: key.slice(key.indexOf("\n") + 1),
    time: timeOf(samples.map((each) => each.get(key)! * NS_PER_MS)),
  }));
}

function byOccurrence(nodes: Request["nodes"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  return new Map(
    nodes.map(({ name, ms }) => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return [`${counts.get(name)}\n${name}`, ms];
    }),
  );
}
