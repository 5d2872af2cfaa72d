/** What is varied, as text: it can be given back as options. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { subjectText, variationCell, variationOptions, variedText } from "../../src/output/variation-text.ts";
import { parseRateScale, parseSetting, variationOf } from "../../src/run/variation.ts";

const variation = { system: { "accelerators[0].pes": 2048 }, scenario: { "tasks.ht.fps": 90 }, rateScale: 1.5 };
const subject = { scenario: "vr-gaming", system: "soc" };

test("a title names rates and other values beside what they are of", () => {
  expect(subjectText({ ...subject, variation })).toBe(
    "vr-gaming × 1.5 rates with tasks.ht.fps=90 on soc with accelerators[0].pes=2048",
  );
  expect(variedText("3 cases", variation)).toBe(
    "3 cases × 1.5 rates with scenario.tasks.ht.fps=90, system.accelerators[0].pes=2048",
  );
});

test("without a variation a title is as it was", () => {
  expect(subjectText(subject)).toBe("vr-gaming on soc");
  expect(variedText("3 cases", undefined)).toBe("3 cases");
  expect(variationOptions(undefined)).toBe("");
});

test("options quote what the shell would take for its own", () => {
  expect(variationOptions({ system: { title: "it's" }, rateScale: { ht: 2, es: 0.5 } })).toBe(
    " --rate-scale ht=2,es=0.5 --set 'system.title=\"it'\\''s\"'",
  );
});

test("words that YAML takes for something else than text are told as text", () => {
  const texts = ["true", "Null", "1.5", "~", "word", ""];
  const cells = texts.map((title) => variationCell({ system: { title } }));
  expect(cells.map((cell) => cell.replace("system.title=", ""))).toEqual([
    '"true"',
    '"Null"',
    '"1.5"',
    '"~"',
    "word",
    '""',
  ]);
});

test("what is told can be given back: the same variation", () => {
  const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer(), fc.array(fc.integer()));
  const factor = fc.double({ min: 1e-9, max: 1e9, noNaN: true }).filter((each) => each !== 1);
  const rateScale = fc.oneof(factor, fc.dictionary(fc.constantFrom("ht", "es.1"), factor, { minKeys: 1 }));
  fc.assert(
    fc.property(value, value, rateScale, (ofSystem, ofScenario, scale) => {
      const given = { system: { "a[0].b": ofSystem }, scenario: { "tasks.x.y": ofScenario }, rateScale: scale };
      const set = Object.fromEntries([
        parseSetting(variationCell({ system: given.system })),
        parseSetting(variationCell({ scenario: given.scenario })),
      ]);
      const rates = parseRateScale(variationCell({ rateScale: scale }).replace("rateScale=", ""));
      expect(variationOf({ set, rateScale: rates })).toEqual(given);
    }),
  );
});
