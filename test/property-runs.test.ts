/** No property test stays behind when all of them are to run longer. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "./property-runs.ts";
import { repository } from "./repository.ts";

const files = readdirSync(join(repository, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(repository, "test", file), "utf8") }));

test("every property test takes its number of cases from test/property-runs.ts", () => {
  const own = files.filter(({ file, text }) => !file.startsWith("property-runs") && /fc\.assert/.test(text));
  expect(own.length).toBeGreaterThan(40);
  const withNumbers = own.filter(({ text }) => /numRuns/.test(text.replaceAll(/fc\.sample\(.*/g, "")));
  expect(withNumbers.map(({ file }) => file)).toEqual([]);
  expect(fc.readConfigureGlobal()).toMatchObject(propertyRuns(100));
});

test("a property that names no number draws as many cases as one that names 100", () => {
  const drawn: number[] = [];
  fc.assert(fc.property(fc.nat(), (each) => drawn.push(each) > 0));
  expect(drawn.length).toBe(propertyRuns(100).numRuns);
});
