/** Links: what is packed comes back, and what is not ours is refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_LINK, packed, unpacked } from "../../src/playground/share.ts";
import { firstState, MOST_TEXT, type PlayState } from "../../src/playground/state.ts";

const file = fc.record({
  name: fc.string({ maxLength: 20 }),
  text: fc.option(fc.string({ unit: "grapheme" }), { nil: undefined }),
});
const state: fc.Arbitrary<PlayState> = fc.record({
  scenario: file,
  system: file,
  scheduler: fc.string({ maxLength: 20 }),
  params: fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 8 }))),
  seed: fc.nat(),
  durationMs: fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
  set: fc.dictionary(fc.string({ maxLength: 8 }), fc.integer()),
  rateScale: fc.oneof(fc.integer(), fc.dictionary(fc.string({ maxLength: 8 }), fc.integer())),
  files: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 30 })),
});

/** As JSON has it: without what is undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("a state comes back from its link", () =>
  fc.assert(
    fc.asyncProperty(state, async (given) => {
      const back = await unpacked(`#${await packed(given)}`);
      expect(back.kind).toBe("state");
      expect(plain((back as { state: PlayState }).state)).toEqual(plain(given));
    }),
  ));

test("a link holds letters that a URL keeps, and the first state is short", async () => {
  const link = (await packed(firstState))!;
  expect(link).toMatch(/^[\w.-]+$/);
  expect(link.length).toBeLessThan(10);
});

test("a state that is too large for a link has none", async () => {
  let drawn = 1;
  const text = Array.from({ length: 20_000 }, () => {
    drawn = (drawn * 16_807) % 2_147_483_647;
    return drawn.toString(36);
  }).join("");
  expect((await packed({ ...firstState, scenario: { name: "x", text } })) === undefined).toBe(true);
});

describe("what is no link of ours is refused:", () => {
  const link = async (value: unknown): Promise<string> => {
    const bytes = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return `s1.${Buffer.from(await new Response(bytes).arrayBuffer()).toString("base64url")}`;
  };
  test.each<[string, () => Promise<string>]>([
    ["another version", async () => "s2.abc"],
    ["damage", async () => "s1.abc"],
    ["no letters of a link", async () => "s1.%00"],
    ["too many letters", async () => `s1.${"a".repeat(MOST_LINK)}`],
    ["much of the same", () => link({ scheduler: "a".repeat(20_000_000) })],
    ["a text that is too long", () => link({ scenario: { name: "x", text: "a".repeat(MOST_TEXT + 1) } })],
    ["a number where a text belongs", () => link({ scheduler: 3 })],
    ["a seed that is none", () => link({ seed: -1 })],
    ["a list", () => link({ set: [1] })],
    ["a duration without end", () => link({ durationMs: 1e12 })],
    ["a parameter that is no value", () => link({ params: { a: { b: 1 } } })],
  ])("%s", async (_, make) => {
    expect(await unpacked(await make())).toMatchObject({
      kind: "bad",
      message: expect.stringContaining("cannot be read"),
    });
  });
  test("but nothing is nothing", async () => expect(await unpacked("#")).toEqual({ kind: "none" }));
});
