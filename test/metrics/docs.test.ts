import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { curves, metrics } from "../../src/metrics/index.ts";
import type { Curve, Metric } from "../../src/metrics/metric.ts";

const page = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");

function scopes(metric: Metric | Curve): string {
  const of = ["scenario"];
  if (metric.task !== undefined) of.push("task");
  if ("accelerator" in metric) of.push("accelerator");
  return of.join(", ");
}

/** The row that docs/metrics.md has for a metric: on a failure, paste it there. */
const row = (metric: Metric | Curve): string =>
  `| \`${metric.name}\` | ${metric.title} | ${metric.unit} | ${metric.better} | ${scopes(metric)} | ${metric.definition} | ${metric.source} |`;

test.each([...metrics, ...curves].map((each) => [each.name, row(each)]))(
  "docs/metrics.md has the row of %s, with its unit, direction and definition",
  (_, expected) => expect(page.split("\n")).toContain(expected),
);

test("docs/metrics.md has no row of a metric that does not exist", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toHaveLength(metrics.length + curves.length);
});
