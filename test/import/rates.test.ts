/** `--fps` of imports: one rate for all, one for each in order, or by name. */
import { expect, test } from "vitest";
import { rateOfEach, ratesOf } from "../../src/import/rates.ts";

const names = [["hand-net", "Hand Net"], ["gaze"]];
const each = (...texts: string[]) => rateOfEach(ratesOf(texts), names);

test("several rates without names are of the models in order", () => {
  expect(each("30", "60")).toEqual([30, 60]);
});

test("one rate is what all have that no name gives another", () => {
  expect(ratesOf(["30", "Hand Net=45"])).toMatchObject({ fallback: 30 });
  expect(each("30", "Hand Net=45")).toEqual([45, undefined]);
});

test.each([
  ["more rates than models", ["1", "2", "3"], "--fps has 3 rates, and there are 2 models: hand-net, gaze"],
  [
    "several rates in order and one by name",
    ["1", "2", "gaze=3"],
    "--fps takes a rate for each model in order, or one",
  ],
  ["two rates of one name", ["gaze=1", "gaze=2"], "--fps has two rates for gaze"],
  ["a rate of 0", ["0"], "--fps takes 30 or model=30"],
])("%s is refused", (_, texts, message) => {
  expect(() => each(...texts)).toThrow(message);
});
