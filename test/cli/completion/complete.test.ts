/** `rtmm complete`, as shells ask it. */
import { expect, test } from "vitest";
import { completionOf } from "../../../src/cli/completion/candidates.ts";
import { gatherCompletionData } from "../../../src/cli/completion/gather.ts";
import { schedulers } from "../../../src/schedulers/index.ts";
import { call } from "../call.ts";

const data = await gatherCompletionData();

const offered = (line: string) => {
  const { candidates, files } = completionOf(line.split(" "), data);
  return [...candidates.map(({ text }) => text), ...(files === undefined ? [] : [`:${files}`])];
};

test.each([
  ["ru", ["run"]],
  ["--pol", ["--policy-timeout"]],
  ["--color ne", ["never"]],
  ["import max", []],
  ["import ma", ["maestro"]],
  ["help test", ["test-policy"]],
  ["completion z", ["zsh"]],
  ["list sys", ["systems"]],
  ["run vr", ["vr-gaming", ":files"]],
  ["run vr-gaming ar-g", ["ar-gaming", ":files"]],
  ["run --audit --seed 3 vr", ["vr-gaming", ":files"]],
  ["run -s xrbench-l", ["xrbench-latency", ":files"]],
  ["run --scheduler=xrbench-l", ["--scheduler=xrbench-latency", ":files"]],
  ["run -S planaria", ["planaria-16", ":files"]],
  ["run -m uxCost,slaS", ["uxCost,slaSatisfaction"]],
  ["run -m slaSatisfaction,slaS", []],
  ["run -f ", ["table", "json", "csv", "markdown"]],
  ["run -o ", [":folders"]],
  ["run --trace ", [":files"]],
  ["run -s veltair -p placement=", []],
  ["compare -s edf,xrbench-l", ["edf,xrbench-latency"]],
  ["compare -p edf:gran", ["edf:granularity="]],
  ["show slaS", ["slaSatisfaction", ":files"]],
  ["cost ritn", ["ritnet", ":files"]],
  ["sweep load", ["load-and-schedulers", ":files"]],
  ["adversary --a xrbench-l", ["xrbench-latency", ":files"]],
  ["adversary --within every", ["everyday", ":files"]],
  ["adversary --metric uxCostG", ["uxCostGuarded"]],
  ["run --seed ", []],
  ["run -- --aud", [":files"]],
  ["run vr-gaming --aud", ["--audit"]],
  ["nonsense --x=", []],
])("rtmm %s", (line, expected) => expect(offered(line)).toEqual(expected));

test("parameters are those of the scheduler named before, with their values", () => {
  for (const { name, parameters = [] } of schedulers) {
    expect(offered(`run -s ${name} vr-gaming -p `)).toEqual(parameters.map((parameter) => `${parameter.name}=`));
    for (const parameter of parameters) {
      if (parameter.kind !== "choice") continue;
      const values = parameter.choices.map((choice) => `${parameter.name}=${choice}`);
      expect(offered(`tune -s ${name} -p ${parameter.name}=`)).toEqual(values);
    }
  }
});

test("the command prints what completion finds, with summaries", async () => {
  const { code, stdout } = await call(["complete", "--", "run", "-S", "hda-4-ws-os-4"]);
  expect({ code, lines: stdout.trimEnd().split("\n") }).toEqual({
    code: 0,
    lines: [expect.stringMatching(/^hda-4-ws-os-4k\t./), ":files"],
  });
});

test("every command and option can be completed", () => {
  const visit = (command: typeof data.program, words: readonly string[]): void => {
    for (const { flags } of command.options)
      expect(offered([...words, flags.at(-1)!].join(" "))).toContain(flags.at(-1)!);
    for (const inner of command.commands) {
      expect(offered([...words, inner.name].join(" "))).toContain(inner.name);
      visit(inner, [...words, inner.name]);
    }
  };
  visit(data.program, []);
});
