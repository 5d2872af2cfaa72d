/** What a sweep says: the best group of each scenario in its first metric. */
import type { MetricFacts } from "../../records/metric-facts.ts";
import type { Verdict } from "../../records/report.ts";
import type { SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import { readable, unitText } from "../number-text.ts";
import { coordinatesText, coordinateText } from "../sweep/coordinates-text.ts";
import { counted } from "../words.ts";

export function sweepVerdict(report: SweepReport): Verdict {
  const { groups, failed, points, groupCount } = report;
  const size = `${counted(points, "point")} in ${counted(groupCount, "group")}`;
  const failures = failed === 0 ? [] : [`${failed} of ${points} points failed.`];
  const tone = failed === 0 ? "neutral" : "bad";
  const bests = bestGroups(report);
  if (bests === undefined) {
    const why = groups.length === 0 ? "has no finished point" : "has nothing to rank its groups by";
    return { tone, sentence: `The sweep ${why}.`, more: [`${size}.`, ...failures] };
  }
  const { metric, groups: best } = bests;
  const which = metric.better === "higher" ? "highest" : "lowest";
  const places = best.slice(0, MOST_SCENARIOS).map((group) => placeText(group, metric, report));
  const left = best.length - places.length;
  const rest = left === 0 ? "" : `; ${counted(left, "more scenario")} in the table`;
  return {
    tone,
    sentence: `The ${which} ${metric.title} is ${places.join("; ")}${rest}.`,
    more: [`${size}.`, ...failures],
  };
}

const MOST_SCENARIOS = 3;

/** The value, the scenario if there are several, and what else differs. */
function placeText(group: SweepGroup, metric: MetricFacts, { constant }: SweepReport): string {
  const unit = unitText(metric.unit);
  const value = `${readable(group.metrics[metric.name]!.mean, metric.unit)}${unit === "" ? "" : ` ${unit}`}`;
  const { scenario, ...others } = Object.fromEntries(
    Object.entries(group.coordinates).filter(([name]) => !(name in constant)),
  );
  const where = scenario === undefined ? "" : ` for ${coordinateText(scenario)}`;
  const place = coordinatesText(others);
  return `${value}${where}${place === "" ? "" : `, with ${place}`}`;
}

/** The best group of each scenario: values of unlike workloads do not compare. */
function bestGroups({ metrics, groups }: SweepReport) {
  const metric = metrics.find(({ name, better }) => better !== null && groups.some((each) => each.metrics[name]));
  if (metric === undefined) return undefined;
  const sign = metric.better === "higher" ? -1 : 1;
  const ranked = groups
    .filter((each) => each.metrics[metric.name] && each.failed === 0)
    .toSorted((a, b) => sign * (a.metrics[metric.name]!.mean - b.metrics[metric.name]!.mean));
  if (ranked.length === 0) return undefined;
  const scenarios = new Set(groups.map(scenarioOf));
  const best = [...scenarios].flatMap((scenario) => ranked.find((each) => scenarioOf(each) === scenario) ?? []);
  return { metric, groups: best };
}

const scenarioOf = ({ coordinates }: SweepGroup): string => coordinateText(coordinates.scenario);
