/** A metric or curve, for `rtmm show`. */
import type { Curve, Metric } from "../metrics/metric.ts";
import type { Feature } from "../metrics/outcome.ts";
import type { Description } from "../output/description.ts";
import { unitText } from "../output/number-text.ts";

export function describeMetric(metric: Metric | Curve): Description {
  const { name, title, unit, better, definition, source } = metric;
  const scopes = scopesOf(metric);
  return {
    record: { kind: "metric", name, title, unit, better, definition, source, scopes },
    blocks: [
      { kind: "title", text: `${name}: ${title}` },
      {
        kind: "facts",
        facts: [
          ["definition", definition],
          ["unit", unitText(unit) === "%" ? "share, 0 to 1; shown in %" : unit],
          ["better", better],
          ["scopes", scopes.join(", ")],
          ["needs", needsText(metric)],
          ["only with", "onlyWith" in metric ? featureTexts[metric.onlyWith!] : undefined],
          ["x", "xTitle" in metric ? metric.xTitle : undefined],
          ["source", source],
        ],
      },
    ],
  };
}

const featureTexts: Readonly<Record<Feature, string>> = {
  reads: "tasks that read others",
  display: "a task that is a display",
  queues: "tasks with a queue",
};

function needsText(metric: Metric | Curve): string | undefined {
  if ("neededJobs" in metric) return `${metric.neededJobs} jobs`;
  return "needs" in metric && metric.needs === "energy" ? "costs with energies" : undefined;
}

/** The things that a metric is computed for. */
export function scopesOf(metric: Metric | Curve): readonly string[] {
  const accelerator = "accelerator" in metric && metric.accelerator !== undefined ? ["accelerator"] : [];
  return ["scenario", ...(metric.task === undefined ? [] : ["task"]), ...accelerator];
}
