/** For each scheduler a world in which it, and no other, decides as written in signatures/: [startNs, task, accelerator]. */
import { describe, expect, test } from "vitest";
import { schedulers } from "../../src/schedulers/index.ts";
import { peerForms } from "../peers/forms.ts";
import { run } from "../worlds.ts";
import { dream } from "./signatures/dream.ts";
import { places } from "./signatures/places.ts";
import { plainOrders } from "./signatures/plain-orders.ts";
import { prema } from "./signatures/prema.ts";

/** Built-in ones, and the forms that peers have of some. */
const all = [...schedulers, ...peerForms];

const signatures = [...plainOrders, ...prema, ...places, ...dream];

describe.each(signatures)("$name", ({ name, world, starts }) => {
  test("decides as worked out by hand", () => {
    expect(run(world, schedulerNamed(name)).starts).toEqual(starts);
  });
  test("alone decides so", () => {
    const alike = all.filter((other) => JSON.stringify(run(world, other).starts) === JSON.stringify(starts));
    expect(alike.map((other) => other.name)).toEqual([name]);
  });
});

test("every scheduler has a signature", () => {
  expect(signatures.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
});

const schedulerNamed = (name: string) => all.find((scheduler) => scheduler.name === name)!;
