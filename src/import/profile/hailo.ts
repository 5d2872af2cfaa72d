/** Reads what Hailo's `hailortcli` measures: networks as wholes, as it prints them or as JSON of `run2`. */
import { isMapping, type Mapping } from "../../input/mapping.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { Reporter } from "../reporter.ts";
import type { JsonProfile } from "./json-values.ts";
import { leftIf, msText, NS_PER_MS, type Profile } from "./profile.ts";

/** What is known of a network. */
interface Measured {
  readonly latencyMs?: number;
  readonly fps?: number;
}

/** Whether a text is such an output. */
export const isHailo = (text: string): boolean =>
  /^FPS +\(hw_only\) += |\| HW Latency: |^\s+HW Latency: [\d.]+ ms|^\S+: +fps: [\d.]+/m.test(text);

export function readHailo({ file, text }: SourceFile, problems: ProblemList): readonly Profile[] {
  const networks = networksIn(text);
  const known = [...networks].filter(([, { latencyMs, fps }]) => (latencyMs ?? fps ?? 0) > 0);
  if (known.length > 0) return known.map(([name, measured]) => profileOf(file, name, measured));
  const message = "no network has a latency or a rate; did the measurement end?";
  new Reporter(text, file, problems).report({ text: "", line: 1, column: 1 }, "PROFILE_SYNTAX", message);
  return [];
}

const number = String.raw`(\d+(?:\.\d+)?)`;
/** A bar of `run` and `benchmark`: `Network yolov8s/yolov8s: 100% | 520 | HW Latency: 6.66 ms | ETA: …`. */
const barPattern = new RegExp(String.raw`^Network (\S+): +\d+% \| +\d+ \| (?:FPS: ${number}|HW Latency: ${number} ms)`);
/** Of `run2`: `yolov8s: fps: 309.77 | hw latency: 6.66 ms`; what its `benchmark` sums up has FPS. */
const livePattern = new RegExp(String.raw`^(\S+): +(?:fps|FPS): ${number}(?:.*\| hw latency: ${number} ms)?`);
const groupPattern = /^ *Network group: (\S+)$/;
const ratePattern = new RegExp(String.raw`^(?:FPS +\(hw_only\) += | +FPS: )${number}`);
const latencyPattern = new RegExp(String.raw`^(?:Latency \(hw\) += | +HW Latency: )${number} ms`);

/** Lines are overwritten while it measures, so the last of a network counts. */
function networksIn(text: string): ReadonlyMap<string, Measured> {
  const networks = new Map<string, Measured>();
  let current: string | undefined;
  const add = (name: string | undefined, fps: string | undefined, latencyMs: string | undefined): void => {
    // A summary without a name is of the network before it.
    current = name === undefined ? current : name.replace(/^.*\//, "");
    if (current === undefined) current = "";
    networks.set(current, {
      ...networks.get(current),
      ...(fps === undefined ? {} : { fps: Number(fps) }),
      ...(latencyMs === undefined ? {} : { latencyMs: Number(latencyMs) }),
    });
  };
  for (const line of withoutEscapes(text).split(/[\r\n]+/)) {
    const named = barPattern.exec(line) ?? livePattern.exec(line);
    if (named !== null) add(named[1], named[2], named[3]);
    else if (groupPattern.test(line)) add(groupPattern.exec(line)![1], undefined, undefined);
    else {
      const [fps, latencyMs] = [ratePattern.exec(line)?.[1], latencyPattern.exec(line)?.[1]];
      if (fps !== undefined || latencyMs !== undefined) add(undefined, fps, latencyMs);
    }
  }
  return networks;
}

/** Movements of the cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals write them.
const withoutEscapes = (text: string): string => text.replace(/\u001b\[[\d;]*[A-Za-z]/g, "");

/** Whether a value is what `run2 --json` writes. */
export const isHailoJson = (value: unknown): value is Mapping =>
  isMapping(value) && Array.isArray(value.network_groups) && "inference_mode" in value;

export function readHailoJson(file: string, value: Mapping, json: JsonProfile): readonly Profile[] {
  const groups = value.network_groups as readonly unknown[];
  if (groups.length === 0) json.report(["network_groups"], "PROFILE_SYNTAX", "there is no network");
  return groups.flatMap((group, i) => {
    const path = ["network_groups", i];
    if (!isMapping(group)) {
      json.report(path, "WRONG_TYPE", "each network group must be an object");
      return [];
    }
    const name = json.text(group, "name", path);
    const latencyMs = json.amount(group, "hw_latency", path);
    // Rates are numbers in quotes.
    const fps = Number(group.FPS);
    if (name === undefined) return [];
    if (latencyMs !== undefined || fps > 0)
      return [
        profileOf(file, name, { ...(latencyMs === undefined ? {} : { latencyMs }), ...(fps > 0 ? { fps } : {}) }),
      ];
    if (group.hw_latency === undefined) json.report(path, "MISSING_KEY", 'neither "hw_latency" nor "FPS" is here');
    return [];
  });
}

/** The device begins the next frame before the last one ends; rtmm's accelerator runs one job at a time. */
function profileOf(file: string, name: string, { latencyMs, fps }: Measured): Profile {
  const frameNs = fps === undefined ? undefined : (1000 / fps) * NS_PER_MS;
  const latencyNs = latencyMs === undefined ? undefined : latencyMs * NS_PER_MS;
  const overlaps = latencyNs !== undefined && frameNs !== undefined && frameNs < 0.98 * latencyNs;
  return {
    file,
    format: "hailo",
    ...(name === "" ? {} : { model: name }),
    layers: [],
    whole: { meanNs: latencyNs ?? frameNs! },
    accelerator: "Hailo",
    runs: 1,
    remarks: fps === undefined ? [] : [`${fps} frames a second`],
    left: leftIf(
      overlaps ? 1 : 0,
      "overlap of frames",
      `a job takes its latency, ${msText(latencyNs ?? 0)}, though the device ends a frame every ${msText(frameNs ?? 0)}`,
    ),
    hints:
      latencyNs === undefined
        ? [`${name} has no latency, so its time is that between frames; measure it with --measure-latency`]
        : [],
  };
}
