/** What a record says about a metric, so that a reader needs no catalogue. */
import type { Metric } from "../metrics/metric.ts";

/** What is said of a metric beside its values. */
export type MetricFacts = Pick<Metric, "name" | "title" | "unit" | "better">;
