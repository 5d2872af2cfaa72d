/** What a check says. */
import type { CheckReport } from "../../records/check-report.ts";
import type { Verdict } from "../../records/report.ts";
import { changeShareText, valueTitle } from "../check/rows.ts";
import { counted, rowText } from "../words.ts";

export function checkVerdict({ verdict, baselines, requirements }: CheckReport): Verdict {
  const compared = baselines.reduce((sum, each) => sum + each.compared, 0);
  const moves = baselines.flatMap((each) => each.moves);
  const failing = moves.filter(({ fails }) => fails);
  const unmet = requirements.filter(({ isMet }) => !isMet);
  const size = `${counted(compared, "value")} of ${counted(baselines.length, "baseline")} compared.`;
  const more = [size, ...unmet.map(({ text }) => `Not met: ${text}.`)];
  if (verdict === "incomparable")
    return { tone: "bad", sentence: "The check could not compare everything, so it is no verdict.", more };
  if (verdict === "passed") {
    const moved =
      moves.length === 0 ? "nothing moved" : `${counted(moves.length, "value")} moved, none of them too far`;
    return { tone: "good", sentence: `The check passed: ${moved}.`, more };
  }
  const [worst] = failing;
  if (worst === undefined) return { tone: "bad", sentence: "The check failed: a requirement is not met.", more };
  const most = `most of all ${valueTitle(worst)} of ${rowText(worst)} (${changeShareText(worst)})`;
  return {
    tone: "bad",
    sentence: `The check failed: ${counted(failing.length, "value")} moved too far, ${most}.`,
    more,
  };
}
