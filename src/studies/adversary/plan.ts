/** What a search works on, loaded and checked before anything runs. */
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { LabelledScheduler } from "../../records/labelled-scheduler.ts";
import type { InputFile } from "../../records/run-result.ts";
import { findScheduler } from "../../run/find-scheduler.ts";
import { givenParameters } from "../../run/given-parameters.ts";
import { metricNamed } from "../../run/metric-named.ts";
import type { Workbench } from "../../run/workbench.ts";
import { readSchedulerEntries, type SchedulerSettings } from "../compare/scheduler-entries.ts";
import { type BoundSide, boundSide } from "./bound-side.ts";
import type { SideRequest } from "./evaluate.ts";
import { loadRanges } from "./ranges/load-ranges.ts";
import type { Ranges } from "./ranges/ranges.ts";
import type { AdversarySettings, SearchSettings } from "./settings.ts";
import { CARRIER } from "./written.ts";

export interface AdversaryPlan {
  readonly settings: SearchSettings;
  readonly ranges: Ranges;
  readonly metric: Metric;
  readonly a: PlannedSide;
  readonly b: PlannedSide | BoundSide;
  readonly carrier: string;
  readonly inputs: readonly InputFile[];
}

export interface PlannedSide extends SideRequest {
  readonly labelled: LabelledScheduler;
}

/** Throws InputError or RequestError. */
export async function planAdversary(
  settings: AdversarySettings,
  workbench: Workbench<Library>,
): Promise<AdversaryPlan> {
  const { a, b } = settings;
  const chosen = b === undefined ? { schedulers: [a], bound: true } : { schedulers: [a, b], bound: false };
  const { sides, bound, ...plan } = await planMatrix(settings, chosen, workbench);
  if (bound !== undefined) return { ...plan, a: sides[0]!, b: bound };
  if (sides.length < 2)
    throw new RequestError(`${sides[0]!.label} cannot lose to itself: give two schedulers, or two sets of parameters`);
  return { ...plan, a: sides[0]!, b: sides[1]! };
}

/** A search for each pair of several schedulers. */
export interface MatrixPlan extends Omit<AdversaryPlan, "a" | "b"> {
  readonly sides: readonly PlannedSide[];
  /** undefined: schedulers are compared with each other alone. */
  readonly bound: BoundSide | undefined;
}

export interface MatrixSides {
  /** As `--a` takes them; undefined: the built-in ones. */
  readonly schedulers: SchedulerSettings["schedulers"];
  /** Whether each is compared with the proven bound as well. */
  readonly bound: boolean;
}

/** Throws InputError or RequestError. */
export async function planMatrix(
  settings: SearchSettings,
  { schedulers, bound }: MatrixSides,
  workbench: Workbench<Library>,
): Promise<MatrixPlan> {
  const library = workbench.files;
  const metric = metricNamed(settings.metric);
  if (metric.better === "neither")
    throw new RequestError(`nobody loses in ${metric.name}: neither direction of it is better`);
  const ranges = loadRanges(library.find("ranges", settings.within), workbench);
  const found = await sidesOf(settings, schedulers, library);
  const inputs = [...ranges.inputs, ...found.flatMap(({ files }) => files)];
  const sides = found.map(({ side }) => side);
  const carrier = library.find("scenario", CARRIER);
  return {
    settings,
    ranges,
    metric,
    sides,
    carrier,
    inputs,
    bound: bound ? await boundSide(metric, workbench) : undefined,
  };
}

async function sidesOf(
  { params, paramsFiles }: SearchSettings,
  schedulers: SchedulerSettings["schedulers"],
  library: Library,
) {
  const { all } = await readSchedulerEntries({ schedulers, baseline: undefined, params, paramsFiles }, library);
  return Promise.all(
    all.map(async ({ label, scheduler: spec, parameters }) => {
      const { scheduler, files } = await findScheduler(spec, library);
      const { values, problems } = givenParameters(scheduler, parameters);
      if (problems.length > 0) throw new RequestError(problems.map(({ message }) => message).join("\n"));
      const labelled: LabelledScheduler = { label, name: scheduler.name, params: values };
      return { side: { label, scheduler: spec, parameters, labelled }, files };
    }),
  );
}
