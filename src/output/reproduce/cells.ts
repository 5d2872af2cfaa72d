/** Numbers of a reproduction as table cells, the same in every format. */

import type { Claim, Figure, FigureColumn, FigureTable, FigureUnit, Reproduction } from "../../records/reproduction.ts";
import { nothing, significant } from "../number-text.ts";
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

/** The table of claims. Its first column is text, the last one, too; the others are numbers. */
export interface ClaimTable {
  readonly headings: readonly [what: string, ...numbers: string[], notes: string];
  readonly rows: readonly (readonly string[])[];
  /** Above the numbered list that the last column refers to. */
  readonly notesHeading: string;
}

export const claimTable = ({ claims }: Pick<Reproduction, "claims">): ClaimTable =>
  claims.some(({ target }) => target !== undefined)
    ? {
        headings: ["result", "target", "ours", "95 % CI", "reached", "notes"],
        rows: claims.map((claim) => [
          claim.what,
          targetText(claim),
          ...ourCells(claim),
          reachedText(claim),
          notes(claim),
        ]),
        notesHeading: "How it is measured",
      }
    : {
        headings: ["claim", "paper", "ours", "95 % CI", "set-up"],
        rows: claims.map((claim) => [
          ...[claim.what, claimText(claim.claimed, claim.unit), ...ourCells(claim), notes(claim)],
        ]),
        notesHeading: "What differs in the set-up",
      };

const ourCells = (claim: Claim): string[] => [claimText(claim.ours, claim.unit), intervalText(claim)];

const notes = ({ differences }: Claim): string => differences.join(" ");

const targetText = ({ target, claimed, unit }: Claim): string =>
  target === undefined || target.side === "free" ? "" : `${sides[target.side]} ${claimText(claimed, unit)}`;

const sides = { "at most": "≤", "at least": "≥" } as const;

const reachedText = ({ target }: Claim): string =>
  target === undefined || target.isReached === null ? "" : target.isReached ? "yes" : "no";

/** Columns of numbers are right-aligned. */
export const isText = ({ unit }: FigureColumn): boolean => unit === "text";

export const rowCells = ({ columns }: FigureTable, row: FigureTable["rows"][number]): string[] =>
  columns.map(({ name, unit }) => figureText(row[name], unit));

/** What was run, on one line. */
export function extentText({ extent, seeds, durationMs, systems, scenarios }: Reproduction): string {
  const ofSeeds = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const duration = durationMs === null ? "" : `, ${durationMs} ms each`;
  const much = extent === "full" ? "" : `; ${extent}, unlike results/reproduce`;
  return `${counted(scenarios.length, "scenario")} on ${counted(systems.length, "system")}, ${ofSeeds}${duration}${much}`;
}
