/** Where the loader says that a job may change its variant. */
import { describe, expect, test } from "vitest";
import { modelOf, problemsInModel } from "./one-model.ts";

/** Line 3 holds switchAt. The large variant has layers 0 to 4, the small one 0 to 2. */
const supernet = (switchAt: string, small = "conv, out: 4"): string => `name: net
input: [8, 4, 4]
switchAt: ${switchAt}
variants:
  - name: large
    layers:
      - { name: stem, type: conv, out: 4, kernel: 1 }
      - { repeat: 3, name: body, layers: [{ name: mix, type: conv, out: 4, kernel: 3 }] }
      - { name: head, type: fc, out: 2 }
  - name: small
    layers:
      - { name: stem, type: ${small}, kernel: 1 }
      - { repeat: 1, name: body, layers: [{ name: mix, type: conv, out: 4, kernel: 3 }] }
      - { name: head, type: fc, out: 2 }
`;

test("a switch point is the layer of each variant that the named part begins with", () => {
  const { switchPoints, variants } = modelOf(supernet("[body, head]"));
  expect(switchPoints).toEqual([
    [1, 1],
    [4, 2],
  ]);
  expect(variants[0]).not.toHaveProperty("parts");
});
test("a model without switchAt has no switch points", () => {
  expect(modelOf(supernet("[body]").replace(/switchAt.*\n/, "# none\n")).switchPoints).toBeUndefined();
});

describe("a switch point", () => {
  test.each([
    ["[boddy]", "UNKNOWN_NAME", 12, "boddy"],
    ["[mix]", "UNKNOWN_NAME", 12, "mix"],
    ["[stem]", "TOO_SMALL", 12, "stem"],
    ["[head, body]", "TOO_SMALL", 18, "body"],
    ["[body, body]", "TOO_SMALL", 18, "body"],
    ["[]", "WRONG_LENGTH", 11, "[]"],
    ["body", "WRONG_TYPE", 11, "body"],
  ])("in %s is reported as %s at column %d", (switchAt, code, column, mark) => {
    const problems = problemsInModel(supernet(switchAt));
    expect(problems[0]).toMatchObject({ code, line: 3, column });
    expect(
      supernet(switchAt)
        .split("\n")[2]!
        .slice(column - 1),
    ).toMatch(new RegExp(`^${mark.replace("[", "\\[")}`));
  });
  test("names the nearest part that there is, and every variant that lacks it", () => {
    const messages = problemsInModel(supernet("[boddy]")).map(({ message }) => message);
    expect(messages).toEqual(
      ["large", "small"].map(
        (name) => `variant "${name}" has no layer or block "boddy" outside other blocks; did you mean "body"?`,
      ),
    );
  });
  test("must find the same shape before it in all variants", () => {
    const [problem] = problemsInModel(supernet("[body]", "conv, out: 3"));
    expect(problem).toMatchObject({ code: "BAD_SHAPE", line: 3, column: 12 });
    expect(problem!.message).toContain("[4, 4, 4] and [3, 4, 4]");
  });
  test("has no effect in a model of one variant", () => {
    const text = "name: net\ninput: [8, 1, 1]\nswitchAt: [b]\nlayers: [{ name: b, type: fc, out: 1 }]\n";
    expect(problemsInModel(text)).toMatchObject([{ code: "NO_EFFECT", line: 3, column: 1 }]);
  });
});
