/** Writes a baseline so that diffs are readable: fixed order, one value per line, no machine or time. */
import { createHash } from "node:crypto";
import { sortedJson } from "../../input/sorted-json.ts";
import type { Baseline, BaselineRow } from "./baseline.ts";

/** Ends with a newline. JSON numbers survive a round trip unchanged. */
export function baselineText(baseline: Baseline): string {
  const { kind, schemaVersion, rtmmVersion, seeds, durationMs, warmupMs, variation } = baseline;
  const head = { kind, schemaVersion, rtmmVersion, contentHash: contentHash(baseline), seeds, durationMs, warmupMs };
  const fields = [
    ...Object.entries({ ...head, ...(variation !== undefined && { variation }) }).map(field),
    `"schedulers": ${list(baseline.schedulers.map(line))}`,
    `"cases": ${list(baseline.cases.map(line))}`,
    `"inputs": ${mapping(baseline.inputs, "  ")}`,
    `"rows": ${list(baseline.rows.map(rowLines))}`,
  ];
  return `{\n${fields.map((each) => `  ${each}`).join(",\n")}\n}\n`;
}

/** SHA-256 of the content. Reveals manual edits and bad merges. */
export function contentHash(baseline: Baseline & { readonly contentHash?: string }): string {
  const { contentHash: _, ...content } = baseline;
  return createHash("sha256").update(sortedJson(content)).digest("hex");
}

const line = (value: unknown): string => JSON.stringify(value);
const field = ([key, value]: [string, unknown]): string => `${line(key)}: ${line(value)}`;
const list = (items: readonly string[]): string =>
  items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${item}`).join(",\n")}\n  ]`;

function mapping(values: Readonly<Record<string, unknown>>, indent: string): string {
  const lines = Object.entries(values).map((entry) => `${indent}  ${field(entry)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

function rowLines({ values, ...row }: BaselineRow): string {
  return `{${Object.entries(row).map(field).join(", ")}, "values": ${mapping(values, "    ")}}`;
}
