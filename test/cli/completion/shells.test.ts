/** Completion in the shells themselves. A shell that is not installed is left out, with a message. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Shell, scripts, shells } from "../../../src/cli/completion/scripts.ts";
import { repository } from "../../repository.ts";
import { folderWith } from "../call.ts";

let folder: string;

beforeAll(() => {
  const files = Object.fromEntries(shells.map((shell) => [`completion.${shell}`, scripts[shell]]));
  folder = folderWith({ ...files, "vr-mine.yaml": "", "two words.yaml": "", "out/x.yaml": "", "my out/a b.yaml": "" });
  writeFileSync(join(folder, "rtmm"), `#!/bin/sh\nexec '${process.execPath}' '${repository}/bin/rtmm.js' "$@"\n`);
  chmodSync(join(folder, "rtmm"), 0o755);
});

function printed(shell: Shell, ...words: string[]): string {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder, TERM: "dumb" };
  return spawnSync(shell, words, { cwd: folder, encoding: "utf8", env, timeout: 50_000 }).stdout;
}

const isThere = (shell: Shell): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

/** What Tab offers after this line. */
const offers: Readonly<Record<Tested, (line: string) => readonly string[]>> = {
  bash: (line) => linesOf(printed("bash", "--norc", "-c", bashProgram, "bash", line)),
  fish: (line) => linesOf(printed("fish", "--no-config", "-c", `source completion.fish; complete -C '${line}'`)),
};

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/\t.*/, ""))
    .filter((line) => line !== "")
    .sort();

const bashProgram = `source completion.bash; COMP_LINE=$1; COMP_POINT=\${#1}; $(complete -p rtmm | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`;

type Tested = "bash" | "fish";

const cases: readonly (readonly [line: string, bash: readonly string[], fish: readonly string[]])[] = [
  ["rtmm verif", ["verify"], ["verify"]],
  ["rtmm run --aud", ["--audit"], ["--audit"]],
  ["rtmm run -s xrbench-l", ["xrbench-latency"], ["xrbench-latency"]],
  ["rtmm run vr-", ["vr-gaming", "vr-mine.yaml"], ["vr-gaming", "vr-mine.yaml"]],
  ["rtmm run -s edf -p gran", ["granularity="], ["granularity="]],
  ["rtmm compare -s edf,xrbench-l", ["edf,xrbench-latency"], ["edf,xrbench-latency"]],
  ["rtmm merge ou", ["out"], ["out/"]],
  ["rtmm run -s edf -p granularity=mo", ["model"], ["granularity=model"]],
  ["rtmm compare -s edf:granularity=mo", [], []],
  ["rtmm run two", ["two words.yaml"], ["two words.yaml"]],
  [String.raw`rtmm run two\ w`, ["two words.yaml"], ["two words.yaml"]],
  ['rtmm run "two w', ["two words.yaml"], ["two words.yaml"]],
  ["rtmm run --config=two", ["two words.yaml"], ["--config=two words.yaml"]],
  ['rtmm run "my out/a b.yaml" --aud', ["--audit"], ["--audit"]],
  [String.raw`rtmm run my\ out/a\ b.yaml -s xrbench-l`, ["xrbench-latency"], ["xrbench-latency"]],
];

for (const [index, shell] of (["bash", "fish"] as const).entries()) {
  if (!isThere(shell)) console.warn(`completion is not tested in ${shell}: it is not installed`);
  test.skipIf(!isThere(shell)).each(cases)(`${shell}: %s`, (line, ...replies) => {
    expect(offers[shell](line)).toEqual(replies[index]);
  });
}

const canType = isThere("zsh") && spawnSync("python3", ["--version"]).status === 0;
if (!canType) console.warn("completion is not tested in zsh: it or Python, which types, is not installed");

test.skipIf(!canType)("zsh: Tab completes what is typed", () => {
  const lines = [
    ["rtmm verif", "rtmm verify"],
    ["rtmm run --aud", "rtmm run --audit"],
    ["rtmm run -s xrbench-l", "rtmm run -s xrbench-latency"],
    ["rtmm run vr-g", "rtmm run vr-gaming"],
    ["rtmm run -s edf -p gran", "rtmm run -s edf -p granularity="],
    ["rtmm merge ou", "rtmm merge out/"],
    ["rtmm run two", String.raw`rtmm run two\ words.yaml`],
    [String.raw`rtmm run two\ w`, String.raw`rtmm run two\ words.yaml`],
    ['rtmm run "two w', 'rtmm run "two words.yaml"'],
    ["rtmm run 'two w", "rtmm run 'two words.yaml'"],
    ["rtmm run --config=two", String.raw`rtmm run --config=two\ words.yaml`],
    ['rtmm run "my out/a b.yaml" --aud', 'rtmm run "my out/a b.yaml" --audit'],
    [String.raw`rtmm run my\ out/a\ b.yaml -s xrbench-l`, String.raw`rtmm run my\ out/a\ b.yaml -s xrbench-latency`],
  ];
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder };
  const typist = join(import.meta.dirname, "typed_in_zsh.py");
  const words = [typist, join(folder, "completion.zsh"), ...lines.map(([typed]) => typed!)];
  const { stdout } = spawnSync("python3", words, { cwd: folder, encoding: "utf8", env, timeout: 55_000 });
  expect(stdout.trimEnd().split("\n")).toEqual(lines.map(([, completed]) => completed));
});
