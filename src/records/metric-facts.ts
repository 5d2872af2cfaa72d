/** The description of a metric in a record, so that a reader needs no catalogue. */
import type { Metric } from "../metrics/metric.ts";

/** A metric without its values. */
export type MetricFacts = Pick<Metric, "name" | "title" | "unit" | "better">;
