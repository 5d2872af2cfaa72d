/** `rtmm run` with a user's own scheduler. */
import { describe, expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";
import { policyFile } from "./in-small.ts";

describe("a user's own scheduler", () => {
  const runWith = (file: string) => {
    const cwd = folderWith({ ...small, "mine.mjs": file });
    return call(["run", "small", "-S", "soc", "-s", "./mine.mjs", "-f", "json"], { cwd });
  };

  test("runs from its file, which is among the inputs", async () => {
    const { code, stdout } = await runWith(
      policyFile("decide(view, decisions) { decisions.run(view.readyJobs.first, view.idleAccelerators[0]); }"),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ scheduler: { name: "mine" } });
    expect(JSON.parse(stdout).inputs.at(-1)).toMatchObject({ role: "scheduler", path: "mine.mjs" });
  });

  test("that lacks something is told what, with exit code 2", async () => {
    const { code, stderr } = await runWith('export default { name: "mine", parameters: [] };\n');
    expect(code).toBe(2);
    expect(stderr).toContain('mine.mjs: lacks "summary"');
    expect(stderr).toContain('mine.mjs: lacks "create"');
  });

  test.each([
    ["no default export", "export const mine = {};\n", 2, "has no default export"],
    ["a syntax error", "export default {;\n", 2, "cannot be loaded: "],
    ["no policy", policyFile("").replace("lateDrop: false,", ""), 1, "create() must return"],
    ["an async decide", policyFile("async decide() {}"), 1, "decide is async, but a run does not wait for it"],
    [
      "a misspelt call",
      policyFile("decide() {}, premept() {}"),
      1,
      'policy "mine": nothing calls premept(); did you mean preempt()?',
    ],
    [
      "a misspelt option",
      policyFile(
        "decide(view, decisions) { decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layer: 1 }); }",
      ),
      1,
      'decide threw TypeError: run() takes layers and units, not "layer"',
    ],
    [
      "an error in decide",
      policyFile('decide() { throw new Error("ouch"); }'),
      1,
      "decide threw Error: ouch (mine.mjs:",
    ],
    ["no progress", policyFile("decide() {}"), 1, 'policy "mine" at'],
  ])("with %s is named in the message", async (_, file, expectedCode, message) => {
    const { code, stderr } = await runWith(file);
    expect([code, stderr]).toEqual([expectedCode, expect.stringContaining(message)]);
    expect(stderr).not.toContain("internal error");
    expect(stderr).not.toContain("    at ");
  });
});
