/** What a sweep says: the best group in its first metric. */
import type { Verdict } from "../../records/report.ts";
import type { SweepGroup, SweepReport } from "../../records/sweep-report.ts";
import { readable, unitText } from "../number-text.ts";
import { coordinatesText } from "../sweep/coordinates-text.ts";
import { counted } from "../words.ts";

export function sweepVerdict(report: SweepReport): Verdict {
  const { groups, failed, points, groupCount } = report;
  const size = `${counted(points, "point")} in ${counted(groupCount, "group")}`;
  const failures = failed === 0 ? [] : [`${failed} of ${points} points failed.`];
  const tone = failed === 0 ? "neutral" : "bad";
  const best = bestGroup(report);
  if (best === undefined) {
    const why = groups.length === 0 ? "has no finished point" : "has nothing to rank its groups by";
    return { tone, sentence: `The sweep ${why}.`, more: [`${size}.`, ...failures] };
  }
  const { metric, group } = best;
  const unit = unitText(metric.unit);
  const value = `${readable(group.metrics[metric.name]!.mean, metric.unit)}${unit === "" ? "" : ` ${unit}`}`;
  const place = coordinatesText(varying(group, report));
  const where = place === "" ? "" : `, with ${place}`;
  const which = metric.better === "higher" ? "highest" : "lowest";
  return { tone, sentence: `The ${which} ${metric.title} is ${value}${where}.`, more: [`${size}.`, ...failures] };
}

const varying = ({ coordinates }: SweepGroup, { constant }: SweepReport): SweepGroup["coordinates"] =>
  Object.fromEntries(Object.entries(coordinates).filter(([name]) => !(name in constant)));

function bestGroup({ metrics, groups }: SweepReport) {
  const metric = metrics.find(({ name, better }) => better !== null && groups.some((each) => each.metrics[name]));
  if (metric === undefined) return undefined;
  const sign = metric.better === "higher" ? -1 : 1;
  const ranked = groups
    .filter((each) => each.metrics[metric.name] && each.failed === 0)
    .toSorted((a, b) => sign * (a.metrics[metric.name]!.mean - b.metrics[metric.name]!.mean));
  return ranked[0] && { metric, group: ranked[0] };
}
