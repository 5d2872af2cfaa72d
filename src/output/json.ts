/** Results as JSON: one as result.json, several in a list with the overall score. */
import type { RunResult } from "../core/result.ts";
import type { ResultFormat } from "./format.ts";
import { overallScore } from "./report-set.ts";

export const json: ResultFormat = {
  name: "json",
  summary: "result.json, or several of them in a list",
  render: (results) => (results.length === 1 ? resultJson(results[0]!) : setJson(results)),
};

/** The text of result.json, line end included. */
export const resultJson = (result: RunResult): string => `${JSON.stringify(result, undefined, 2)}\n`;

const setJson = (results: readonly RunResult[]): string =>
  `${JSON.stringify({ schemaVersion: 1, overall: overallScore(results), results }, undefined, 2)}\n`;
