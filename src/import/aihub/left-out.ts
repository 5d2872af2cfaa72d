/** What an import of `perf.yaml` files leaves out. */
import type { LeftOut } from "../imported.ts";
import { type ChosenComponent, isMeasured } from "./choose.ts";
import type { Job, PerfFile } from "./perf-file.ts";

/** `idle`: models that no task runs. Every job of the files is taken, or counted here once. */
export function leftOut(
  files: readonly PerfFile[],
  chosen: readonly ChosenComponent[],
  device: string,
  idle: number,
): readonly LeftOut[] {
  const taken = chosen.flatMap(({ jobs }) => jobs);
  const memories = taken.filter(({ memoryMb }) => memoryMb !== undefined).length;
  return [
    ...otherJobs(files, new Set(taken), device),
    strayLayers(taken),
    count("peak memory of a job", memories, "kept as a comment"),
    count("model in no task", idle, "it has no rate (--fps)"),
  ].filter(({ count }) => count > 0);
}

function otherJobs(files: readonly PerfFile[], taken: ReadonlySet<Job>, device: string): readonly LeftOut[] {
  const all = files.flatMap((file) => file.components.flatMap(({ jobs }) => jobs.map((job) => ({ file, job }))));
  const precisions = new Set([...taken].map(precisionKey));
  const [measured, others] = split(
    all.filter(({ job }) => !taken.has(job)),
    isMeasured,
  );
  const [here, elsewhere] = split(measured, (job) => job.device === device);
  const [ofRuntimes, ofPrecisions] = split(here, (job) => precisions.has(precisionKey(job)));
  const [languageModels, failed] = split(others, ({ isLanguageModel }) => isLanguageModel);
  const bestRuntime = "one runtime is taken for each compute unit, the fastest or the first of --runtime";
  return [
    left("job on another device", elsewhere, `the system is ${device} (--device)`),
    left("job of another precision", ofPrecisions, "one precision is taken for each component (--precision)"),
    left("job of another runtime", ofRuntimes, bestRuntime),
    left("job of a language model", languageModels, "tokens per second are no latency of one inference"),
    left("job without a latency", failed, "it did not pass"),
  ];
}

const precisionKey = ({ component, precision }: Job): string => `${component} ${precision}`;

const split = (
  jobs: readonly JobOfFile[],
  test: (job: Job) => boolean,
): readonly [readonly JobOfFile[], readonly JobOfFile[]] => [
  jobs.filter(({ job }) => test(job)),
  jobs.filter(({ job }) => !test(job)),
];

type JobOfFile = Readonly<{ file: PerfFile; job: Job }>;

function left(what: string, jobs: readonly JobOfFile[], why: string): LeftOut {
  const [first] = jobs;
  return { what, count: jobs.length, why, ...(first === undefined ? {} : { first: { file: first.file.file } }) };
}

const count = (what: string, number: number, why: string): LeftOut => ({ what, count: number, why });

/** Layers that ran elsewhere than most. */
function strayLayers(taken: readonly Job[]): LeftOut {
  const stray = taken.flatMap(({ unit, layers }) =>
    [...layers].filter(([each]) => each !== unit).map(([, number]) => number),
  );
  const why = "the file has no time of it alone, so the whole time counts for the primary unit";
  return count(
    "layer that ran on another compute unit",
    stray.reduce((sum, number) => sum + number, 0),
    why,
  );
}
