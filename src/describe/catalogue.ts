/** The built-in files, schedulers and metrics, for `rtmm list`. */
import type { Scheduler } from "../core/scheduler.ts";
import { curves, metrics } from "../metrics/index.ts";
import type { Curve, Metric } from "../metrics/metric.ts";
import { type Field, type ShownListing, shownListing } from "../output/listing.ts";
import { unitText } from "../output/number-text.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { schedulers } from "../schedulers/index.ts";
import { scopesOf } from "./metric.ts";

/** In the order of `rtmm list`. */
export const catalogueNames = ["scenarios", "suites", "systems", "models", "schedulers", "metrics"] as const;

export type CatalogueName = (typeof catalogueNames)[number];

/** A built-in file. */
export interface ListedFile {
  readonly name: string;
  readonly title: string | undefined;
}

/** `filesOf`: the built-in files of a kind, in the order of the list. */
export function catalogue(name: CatalogueName, filesOf: (kind: FileKind) => readonly ListedFile[]): ShownListing {
  const files = (kind: FileKind) => shownListing({ fields: fileFields, records: filesOf(kind) });
  switch (name) {
    case "scenarios":
      return files("scenario");
    case "suites":
      return files("suite");
    case "systems":
      return files("system");
    case "models":
      return files("model");
    case "schedulers":
      return shownListing({ fields: schedulerFields, records: schedulers });
    case "metrics":
      return shownListing<Metric | Curve>({ fields: metricFields, records: [...metrics, ...curves] });
    default:
      return name satisfies never;
  }
}

const fileFields: readonly Field<ListedFile>[] = [
  { name: "name", value: ({ name }) => name, column: { heading: "name", align: "left" } },
  { name: "title", value: ({ title }) => title, column: { heading: "title", align: "left" } },
];

const schedulerFields: readonly Field<Scheduler>[] = [
  { name: "name", value: ({ name }) => name, column: { heading: "name", align: "left" } },
  { name: "summary", value: ({ summary }) => summary, column: { heading: "summary", align: "left" } },
  { name: "source", value: ({ source }) => source },
  { name: "parameters", value: ({ parameters }) => parameters.map((each) => `${each.name}=${each.default}`).join(" ") },
];

const metricFields: readonly Field<Metric | Curve>[] = [
  { name: "name", value: ({ name }) => name, column: { heading: "name", align: "left" } },
  {
    name: "unit",
    value: ({ unit }) => unit,
    column: { heading: "unit", align: "left", text: ({ unit }) => unitText(unit) },
  },
  { name: "better", value: ({ better }) => better, column: { heading: "better", align: "left" } },
  { name: "title", value: ({ title }) => title, column: { heading: "title", align: "left" } },
  { name: "scopes", value: (metric) => scopesOf(metric).join(" ") },
  { name: "definition", value: ({ definition }) => definition },
  { name: "source", value: ({ source }) => source },
];
