/** Chooses among the measurements of `perf.yaml` files: device, precision, and runtimes. */
import { nameHint } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import { kebabCase } from "../ids.ts";
import { type Component, type Job, PASSED, type PerfFile } from "./perf-file.ts";

export interface AiHubChoice {
  /** Its name, or a part of it that no other device has. */
  readonly device?: string;
  /** Of these the first that was measured; by default the fastest. */
  readonly runtimes?: readonly string[];
  /** Of these the first that was measured; by default the first in the file. */
  readonly precisions?: readonly string[];
}

export interface ChosenComponent {
  readonly component: Component;
  readonly file: PerfFile;
  /** One for each compute unit that it ran on, in the order NPU, GPU, CPU. */
  readonly jobs: readonly Job[];
}

/** The device that all components are taken from. Throws RequestError. */
export function deviceOf(files: readonly PerfFile[], asked: string | undefined): string {
  const jobs = files.flatMap(({ components }) => components.flatMap((component) => component.jobs));
  const all = [...new Set(jobs.filter(isMeasured).map(({ device }) => device))].sort();
  if (all.length === 0) throw new RequestError(`no job of these files has a latency${tokensHint(jobs)}`);
  if (asked === undefined && all.length === 1) return all[0]!;
  const common = all.filter((device) => files.every((file) => file.components.some((each) => has(each, device))));
  if (asked === undefined) throw new RequestError(`name a device with --device: ${quoted(common)}`);
  const matches = matching(all, asked);
  if (matches.length === 1) return matches[0]!;
  if (matches.length > 1) throw new RequestError(`--device: several devices match "${asked}": ${quoted(matches)}`);
  throw new RequestError(`--device: no job ran on "${asked}"${nameHint(asked, common.length > 0 ? common : all)}`);
}

const tokensHint = (jobs: readonly Job[]): string =>
  jobs.some(({ isLanguageModel }) => isLanguageModel)
    ? "; those of language models have tokens per second, which depend on the length of the text"
    : "";

/** The name itself, or else all that contain the asked one; blanks, cases and brackets do not count. */
function matching(names: readonly string[], asked: string): readonly string[] {
  const plain = (name: string) => kebabCase(name.toLowerCase(), name);
  const same = names.filter((name) => plain(name) === plain(asked));
  return same.length > 0 ? same : names.filter((name) => `-${plain(name)}-`.includes(plain(asked)));
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

const has = ({ jobs }: Component, device: string): boolean =>
  jobs.some((job) => job.device === device && isMeasured(job));

export const isMeasured = ({ status, latencyMs }: Job): boolean => status === PASSED && latencyMs !== undefined;

/** The jobs of a component that become costs. Throws RequestError if there is none. */
export function chosenJobs(file: PerfFile, component: Component, device: string, choice: AiHubChoice): readonly Job[] {
  const where = `${file.file}: ${component.name}`;
  const onDevice = component.jobs.filter((job) => job.device === device && isMeasured(job));
  if (onDevice.length === 0) throw new RequestError(`${where} has no latency on ${device}${otherDevices(component)}`);
  const precision = firstOf(choice.precisions, distinct(onDevice, "precision"));
  if (precision === undefined)
    throw new RequestError(
      `${where} has no precision ${choice.precisions!.join(" or ")} on ${device}; it has ${distinct(onDevice, "precision").join(", ")}`,
    );
  const ofPrecision = onDevice.filter((job) => job.precision === precision);
  const ofRuntimes = ofPrecision.filter(({ runtime }) => choice.runtimes?.includes(runtime) ?? true);
  if (ofRuntimes.length === 0) throw new RequestError(`${where} has no ${noRuntime(ofPrecision, choice, device)}`);
  return unitsOf(ofRuntimes).map((unit) =>
    bestOf(
      ofRuntimes.filter((job) => (job.unit ?? "") === unit),
      choice,
    ),
  );
}

const noRuntime = (jobs: readonly Job[], { runtimes = [] }: AiHubChoice, device: string): string => {
  const known = distinct(jobs, "runtime");
  return `runtime ${runtimes.join(" or ")} on ${device}; it has ${known.join(", ")} (--runtime ${[...runtimes, ...known].join(",")} takes the first that there is)`;
};

const otherDevices = (component: Component): string => {
  const devices = distinct(component.jobs.filter(isMeasured), "device");
  return devices.length === 0 ? "" : `; it has: ${quoted(devices)}`;
};

const distinct = (jobs: readonly Job[], key: "precision" | "runtime" | "device"): string[] => [
  ...new Set(jobs.map((job) => job[key])),
];

/** The first wish that there is; without wishes the first that there is. */
const firstOf = (wishes: readonly string[] | undefined, present: readonly string[]): string | undefined =>
  wishes === undefined ? present[0] : wishes.find((wish) => present.includes(wish));

const order = ["NPU", "GPU", "CPU", ""];
const unitsOf = (jobs: readonly Job[]): readonly string[] =>
  order.filter((unit) => jobs.some((job) => (job.unit ?? "") === unit));

/** By the order of the wished runtimes, then by latency. */
function bestOf(jobs: readonly Job[], { runtimes }: AiHubChoice): Job {
  const rank = ({ runtime }: Job) => runtimes?.indexOf(runtime) ?? 0;
  return [...jobs].sort((a, b) => rank(a) - rank(b) || a.latencyMs! - b.latencyMs!)[0]!;
}
