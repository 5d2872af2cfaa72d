/** What several runs say together. */
import type { Verdict } from "../../records/report.ts";
import type { RunResult } from "../../records/run-result.ts";
import { counted, firstOf } from "../words.ts";
import { runVerdict } from "./run-verdict.ts";

/** At least one. */
export function runsVerdict(results: readonly RunResult[]): Verdict {
  const verdicts = results.map(runVerdict);
  if (results.length === 1) return verdicts[0]!;
  const bad = results.filter((_, index) => verdicts[index]!.tone === "bad").map(({ scenario }) => scenario);
  const more = [...new Set(verdicts.flatMap((verdict) => verdict.more))];
  if (bad.length === 0)
    return {
      tone: "good",
      sentence: `No job misses its deadline in any of ${counted(results.length, "scenario")}.`,
      more,
    };
  const who = bad.length === results.length ? `all ${bad.length}` : `${bad.length} of ${results.length}`;
  return { tone: "bad", sentence: `Jobs miss their deadlines in ${who} scenarios: ${firstOf(bad, 7)}.`, more };
}
