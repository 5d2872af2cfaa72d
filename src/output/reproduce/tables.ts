/** The tables of a reproduction, the same in every format. */

import type { Claim, Figure, FigureTable, FigureUnit, Reproduction } from "../../records/reproduction.ts";
import { nothing, significant } from "../number-text.ts";
import { left, right, type Table } from "../text-table.ts";
import { counted } from "../words.ts";

function figureText(value: Figure | undefined, unit: FigureUnit): string {
  if (value === null || value === undefined) return nothing;
  if (typeof value === "string") return value;
  switch (unit) {
    case "share":
      return fixed(value * 100, 1);
    case "score":
      return fixed(value, 3);
    case "points":
      return fixed(value, 1);
    case "ratio":
      return significant(value);
    case "count":
    case "text":
      return String(value);
    default:
      return unit satisfies never;
  }
}

/** A value that rounds to 0 has no sign. */
const fixed = (value: number, digits: number): string => value.toFixed(digits).replace(/^-(?=[0.]+$)/, "");

/** With its unit and without trailing zeros. */
function claimText(value: Figure, unit: FigureUnit): string {
  if (typeof value !== "number") return value ?? nothing;
  if (unit === "share") return `${plain(value * 100)} %`;
  return unit === "ratio" ? `${plain(value)} x` : plain(value);
}

const plain = (value: number): string => String(Number(value.toPrecision(3)));

function intervalText({ interval, unit }: Claim): string {
  if (interval === null) return "";
  const [low, high] = [interval.low, interval.high].map((end) => plain(unit === "share" ? end * 100 : end));
  return `${low} to ${high}`;
}

type Claims = Pick<Reproduction, "claims">;

/** Claims of a paper beside ours, or targets beside what is reached. */
export const claimTable = (reproduction: Claims): Table =>
  hasTargets(reproduction) ? targetTable(reproduction) : paperTable(reproduction);

/** Above the numbered list that the last column of claims refers to. */
export const notesHeading = (reproduction: Claims): string =>
  hasTargets(reproduction) ? "How it is measured" : "What differs in the set-up";

const hasTargets = ({ claims }: Claims): boolean => claims.some(({ target }) => target !== undefined);

const targetTable = ({ claims }: Claims): Table => ({
  columns: [left("result"), ...["target", "ours", "95 % CI", "reached"].map(right), left("notes")],
  rows: claims.map((claim) => [claim.what, targetText(claim), ...ourCells(claim), reachedText(claim), notes(claim)]),
});

const paperTable = ({ claims }: Claims): Table => ({
  columns: [left("claim"), ...["paper", "ours", "95 % CI"].map(right), left("set-up")],
  rows: claims.map((claim) => [claim.what, claimText(claim.claimed, claim.unit), ...ourCells(claim), notes(claim)]),
});

const ourCells = (claim: Claim): string[] => [claimText(claim.ours, claim.unit), intervalText(claim)];

const notes = ({ differences }: Claim): string => differences.join(" ");

const targetText = ({ target, claimed, unit }: Claim): string =>
  target === undefined || target.side === "free" ? "" : `${sides[target.side]} ${claimText(claimed, unit)}`;

const sides = { "at most": "≤", "at least": "≥" } as const;

const reachedText = ({ target }: Claim): string =>
  target === undefined || target.isReached === null ? "" : target.isReached ? "yes" : "no";

/** Columns of numbers are right-aligned. */
export const figureTable = ({ columns, rows }: FigureTable): Table => ({
  columns: columns.map(({ heading, unit }) => (unit === "text" ? left : right)(heading)),
  rows: rows.map((row) => columns.map(({ name, unit }) => figureText(row[name], unit))),
});

/** What was run, on one line. */
export function extentText({ extent, seeds, durationMs, systems, scenarios }: Reproduction): string {
  const ofSeeds = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const duration = durationMs === null ? "" : `, ${durationMs} ms each`;
  const much = extent === "full" ? "" : `; ${extent}, unlike results/reproduce`;
  return `${counted(scenarios.length, "scenario")} on ${counted(systems.length, "system")}, ${ofSeeds}${duration}${much}`;
}
