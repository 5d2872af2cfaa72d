/** Results as JSON: one as result.json, several in a list with the overall score. */

import { overallScore } from "../../records/overall-score.ts";
import type { RunResult } from "../../records/run-result.ts";
import { jsonText } from "../json.ts";
import type { ResultFormat } from "./format.ts";

export const json: ResultFormat = {
  name: "json",
  render: (results) => (results.length === 1 ? resultJson(results[0]!) : setJson(results)),
};

/** The text of result.json, line end included. */
export const resultJson = (result: RunResult): string => jsonText(result);

const setJson = (results: readonly RunResult[]): string =>
  jsonText({ schemaVersion: 1, overall: overallScore(results), results });
