/** docs/adversary-map.md tells what its cases give: each is run again, for a map that took half an hour to search. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { significant } from "../../src/output/number-text.ts";
import type { Comparison } from "../../src/records/comparison.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { call } from "../cli/call.ts";
import { repository } from "../repository.ts";

const page = readFileSync(join(repository, "docs/adversary-map.md"), "utf8");

/** Schedulers that decide otherwise since the map was made: docs/adversary.md#every-pair says so. */
const changed: readonly string[] = [];

interface MappedCase {
  readonly a: string;
  /** undefined: the proven bound. */
  readonly b: string | undefined;
  readonly values: string;
  readonly scenario: string;
  readonly system: string;
}

/** A line of values, and the next line with files. */
const cases: readonly MappedCase[] = page.split(/^## /m).flatMap((section) => {
  const lines = section.matchAll(
    /^\*\*(?:Loses most to (?<b>\S+)|Farthest from possible)\*\*: UXCost \(guarded\) (?<values>.+?) times\.[\s\S]*?^(?<files>On .*)$/gm,
  );
  return [...lines].map(({ groups }) => {
    const [scenario, system] = [...groups!.files!.matchAll(/\]\((.*?)\)/g)].map(([, path]) => `docs/${path}`);
    const values = groups!.values!.replace("a proven bound of ", "");
    return { a: section.split("\n")[0]!, b: groups!.b, values, scenario: scenario!, system: system! };
  });
});

test("the map has every scheduler twice: against another one and against the bound", () => {
  const names = schedulers.map(({ name }) => name).sort();
  expect(
    cases
      .filter(({ b }) => b !== undefined)
      .map(({ a }) => a)
      .sort(),
  ).toEqual(names);
  expect(
    cases
      .filter(({ b }) => b === undefined)
      .map(({ a }) => a)
      .sort(),
  ).toEqual(names);
});

test("the page links every file of a case", () => {
  const files = readdirSync(join(repository, "docs/adversary-map")).filter((file) => file.endsWith(".yaml"));
  const linked = cases.flatMap(({ scenario, system }) => [scenario, system]);
  expect(linked.toSorted()).toEqual(files.map((file) => `docs/adversary-map/${file}`).sort());
});

/** As printed: what this scheduler gives, what the other side does, and how many times as much the first is. */
async function valuesOf({ a, b, scenario, system }: MappedCase): Promise<readonly [string, string]> {
  const sides = b === undefined ? ["-s", a, "--bound"] : ["-s", `${a},${b}`];
  const words = ["compare", scenario, "-S", system, ...sides, "-m", "uxCostGuarded", "--seeds", "1", "-j", "1"];
  const { stdout } = await call([...words, "-f", "json"]);
  const { schedulers: compared } = (JSON.parse(stdout) as Comparison).metrics[0]!.cases[0]!;
  const of = (label: string) => compared.find(({ scheduler }) => scheduler === label)!;
  const [own, other] = [of(a).mean!, b === undefined ? of(a).bound! : of(b).mean!];
  return [significant(own), `${significant(other)}, ${significant(own / other)}`];
}

describe.each(cases.filter(({ a }) => !changed.includes(a)))("$a, $scenario", (mapped) => {
  test("gives what the page tells", async () => {
    const [own, other] = await valuesOf(mapped);
    const [ownThen, otherThen] = mapped.values.split(" against ");
    expect(own).toBe(ownThen);
    if (!changed.includes(mapped.b ?? "")) expect(other).toBe(otherThen);
  });
});
