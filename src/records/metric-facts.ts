/** What a record says about a metric, so that a reader needs no catalogue. */
import type { Metric } from "../metrics/metric.ts";

export type MetricFacts = Pick<Metric, "name" | "title" | "unit" | "better">;
