/** What several runs say together. */
import type { ReportedRun, Verdict } from "../../records/report.ts";
import { counted, firstOf } from "../words.ts";

/** At least one. */
export function runsVerdict(runs: readonly Pick<ReportedRun, "result" | "verdict">[]): Verdict {
  if (runs.length === 1) return runs[0]!.verdict;
  const results = runs.map(({ result }) => result);
  const verdicts = runs.map(({ verdict }) => verdict);
  const bad = results.filter((_, index) => verdicts[index]!.tone === "bad").map(({ scenario }) => scenario);
  const more = runs.flatMap(({ result, verdict }) => verdict.more.map((text) => `${result.scenario}: ${text}`));
  if (bad.length === 0)
    return {
      tone: "good",
      sentence: `No job misses its deadline in any of ${counted(results.length, "scenario")}.`,
      more,
    };
  const who = bad.length === results.length ? `all ${bad.length}` : `${bad.length} of ${results.length}`;
  return { tone: "bad", sentence: `Jobs miss their deadlines in ${who} scenarios: ${firstOf(bad, 7)}.`, more };
}
