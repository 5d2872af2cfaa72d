/** Failures as errors: what stops a command has the same exit code, wherever its run was. */
import { expect, test } from "vitest";
import { errorOf } from "../../src/executors/error-of.ts";

test.each([
  ["input", "RequestError"],
  ["policy", "SchedulerError"],
  ["crash", "SchedulerError"],
] as const)("a failure of kind %s is a %s", (kind, name) => {
  expect(errorOf({ kind, message: "so it is" })).toMatchObject({ name, message: "so it is" });
});

test("an internal error keeps its stack out of its message", () => {
  const error = errorOf({ kind: "internal", message: "TypeError: no such thing\n    at somewhere" });
  expect(error).toMatchObject({ message: "TypeError: no such thing", stack: expect.stringContaining("at somewhere") });
});
