/** Axes of values. */
import { expect, test } from "vitest";
import { valueAxis } from "../../src/figures/kit/scale.ts";
import { looks } from "./looks.ts";

test("an axis on which all values are equal starts at 0, so that shares do not seem to pass 100 %", () => {
  const free = { name: "share", zero: "free" } as const;
  expect(valueAxis(free, [1, 1], looks.light!, 5)).toMatchObject({ scale: false });
  expect(valueAxis(free, [0.9, 1], looks.light!, 5)).toMatchObject({ scale: true });
});
