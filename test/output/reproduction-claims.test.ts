/** The table of claims: a paper's, or targets of rtmm's own. */
import { expect, test } from "vitest";
import { claimTable, notesHeading } from "../../src/output/reproduce/tables.ts";
import type { Claim, Target } from "../../src/records/reproduction.ts";

const claim = (what: string, claimed: Claim["claimed"], ours: number | null, target?: Target): Claim => ({
  ...{ what, claimed, ours, interval: null, unit: "ratio", differences: [1, 2] },
  ...(target !== undefined && { target }),
});

test("a paper's claims have what it claims beside ours, and the differences of the set-up", () => {
  const paper = { claims: [claim("faster", 2, 1.5), claim("fair", null, null)] };
  const { columns, rows } = claimTable(paper);
  expect(columns.map(({ heading }) => heading)).toEqual(["claim", "paper", "ours", "95 % CI", "set-up"]);
  expect(rows).toEqual([
    ["faster", "2 x", "1.5 x", "", "1 2"],
    ["fair", "-", "-", "", "1 2"],
  ]);
  expect(notesHeading(paper)).toBe("What differs in the set-up");
});

test("targets have their side and whether they are reached; other results have neither", () => {
  const atMost = { side: "at most", isReached: false } as const;
  const atLeast = { side: "at least", isReached: true } as const;
  const own: Parameters<typeof claimTable>[0] = {
    claims: [
      claim("to the best", 0.93, 0.95, atMost),
      { ...claim("SLA", -0.02, 0.01, atLeast), unit: "share", interval: { low: 0, high: 0.02 } },
      claim("unmeasured", 1, null, { side: "at most", isReached: null }),
      claim("to edf", null, 0.5, { side: "free", isReached: null }),
    ],
  };
  const { columns, rows } = claimTable(own);
  expect(columns.map(({ heading }) => heading)).toEqual(["result", "target", "ours", "95 % CI", "reached", "notes"]);
  expect(rows).toEqual([
    ["to the best", "≤ 0.93 x", "0.95 x", "", "no", "1 2"],
    ["SLA", "≥ -2 %", "1 %", "0 to 2", "yes", "1 2"],
    ["unmeasured", "≤ 1 x", "-", "", "", "1 2"],
    ["to edf", "", "0.5 x", "", "", "1 2"],
  ]);
  expect(notesHeading(own)).toBe("How it is measured");
});
