/** Schedulers that are commands: what they are, how they are found again, and what goes wrong with them. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Library } from "../../src/files/library.ts";
import { commandOf, wordsOf } from "../../src/input/scheduler-command.ts";
import { findScheduler } from "../../src/run/find-scheduler.ts";
import { prepare } from "../../src/run/prepare.ts";
import { runOnce } from "../../src/run/run-once.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { folderWith, small } from "../cli/call.ts";
import { requestOf } from "../executors/threads/worlds.ts";
import { pythonTest } from "../protocol/python.ts";
import { repository } from "../repository.ts";

test.each([
  ["exec:python3 policy.py", ["python3", "policy.py"]],
  ["exec:  python3\t'my policy.py' --a=\"b c\"", ["python3", "my policy.py", "--a=b c"]],
  ['exec:a\\ b \'c\\d\' "e\\"f"', ["a b", "c\\d", 'e"f']],
])("the words of %s", (command, words) => {
  expect(wordsOf(command)).toEqual(words);
  expect(wordsOf(commandOf(words))).toEqual(words);
});

test("a command without words, or with an open quote, is refused", () => {
  expect(() => wordsOf("exec: ")).toThrow("exec:  names no command; write exec:python3 policy.py");
  expect(() => wordsOf("exec:python3 'a.py")).toThrow("a quote is not closed");
});

test("a command that a file in another folder names leads to the same files, and back", () => {
  const library = new Library(folderWith({ "sub/policy.py": "", "sub/tool": "" }));
  const here = "exec:./sub/tool python3 ./sub/policy.py --x no.such";
  expect(library.locateScheduler("exec:./tool python3 ./policy.py --x no.such", "sub/study.yaml")).toBe(
    "exec:sub/tool python3 sub/policy.py --x no.such",
  );
  expect(library.schedulerIn(library.absolute("sub"), here)).toBe("exec:./tool python3 ./policy.py --x no.such");
});

/** A policy in Python that answers with these lines, whatever it is asked; `{n}` waits for the n-th message. */
const answering = (lines: readonly string[]): string =>
  `import sys\nfor answer in ${JSON.stringify(lines)}:\n    sys.stdin.readline()\n    print(answer, flush=True)\nsys.exit("over and out")\n`;

const hello = JSON.stringify({ protocol: 1, name: "odd", summary: "s", source: "s", parameters: [] });

const world = (policy: string): Library => new Library(folderWith({ ...small, "odd.py": policy }));

async function errorOf(lines: readonly string[]): Promise<string> {
  try {
    const setup = await prepare(requestOf("exec:python3 odd.py"), new Workbench(world(answering(lines))));
    runOnce(setup);
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
}

const decided = (decisions: unknown): readonly string[] => [hello, "{}", JSON.stringify({ decisions })];

pythonTest.each([
  [["hello"], 'exec:python3 odd.py: line 1 of its output is not JSON: "hello"; only answers belong there'],
  [["[]"], 'exec:python3 odd.py: line 1 of its output is no JSON object: "[]"'],
  [['{"protocol":2}'], "exec:python3 odd.py: it speaks version 2 of the protocol, and this rtmm version 1"],
  [['{"protocol":1}'], 'exec:python3 odd.py: line 1 of its output needs "name", a text'],
  [[hello.replace("odd", "Odd One")], 'exec:python3 odd.py: has a wrong "name": a name in kebab-case'],
  [
    [hello, '{"lateDrop":1}'],
    'policy "odd": create: line 2 of its output needs "lateDrop", true or false, and has "1"',
  ],
  [[hello, '{"error":"no idea"}'], 'policy "odd": create: no idea'],
  [[hello, "{}", "{}"], 'policy "odd" at 0 ms: decide: line 3 of its output needs "decisions", a list'],
  [[hello, "{}"], 'policy "odd" at 0 ms: decide: its process has ended:\nover and out'],
  [decided([{ run: 0 }]), 'policy "odd" at 0 ms: decide: decisions[0] in line 3 of its output needs "on", a number'],
  [decided([{ run: 0, on: 0, layer: 1 }]), 'has a field "layer"; it may have run, on, layers, units'],
  [decided([{ run: 77, on: 0 }]), "it names job 77, which there is not"],
  [decided([{ run: 0, on: 3 }]), "it names accelerator 3, which there is not"],
  [decided([{ run: 0, on: 0, layers: 0.5 }]), "runs 0.5 layers of job 0"],
  [decided([{ preempt: 0, how: "stop" }]), 'needs "how", one of checkpoint, kill, drain, and has "stop"'],
  [decided([{ preempt: 0, how: "kill" }]), 'preempts job 0 of task "camera", which does not run'],
  [decided([{ wakeAt: 0 }]), "asks to be woken at 0 ns, which is not in the future"],
  [[hello, "{}", '{"ask":[{"job":9,"what":"spentPj"}]}'], "it names job 9, which there is not"],
  [[hello, "{}", '{"ask":[{"job":0,"what":"mood"}]}'], 'ask[0] in line 3 of its output needs "what", one of switchNs,'],
])("a policy that answers %j is refused", async (lines, message) => {
  expect(await errorOf(lines)).toContain(message);
});

pythonTest("a program that there is not, and one that does not answer, are told", async () => {
  const library = world("raise SystemExit('cannot go on')");
  await expect(findScheduler("exec:no-such-program x", library)).rejects.toThrow(
    "exec:no-such-program x: cannot start no-such-program: is it installed, and on the PATH?",
  );
  await expect(findScheduler("exec:python3 odd.py", library)).rejects.toThrow("its process has ended:\ncannot go on");
});

pythonTest("the inputs of a run are the command, its files, and the modules beside them", async () => {
  const folder = folderWith({
    ...small,
    "sub/mine.py": "from rtmm import serve\nfrom rules import Mine\nserve(Mine)\n",
    "sub/rules.py": 'from rtmm import Policy\n\n\nclass Mine(Policy):\n    name = "mine"\n',
  });
  cpSync(join(repository, "python/rtmm.py"), join(folder, "sub/rtmm.py"));
  const { files, origin } = await findScheduler("exec:python3 sub/mine.py", new Library(folder));
  expect(origin).toBe("command");
  expect(files.map(({ role, from, path }) => [role, from, path])).toEqual([
    ["scheduler", "command", "exec:python3 sub/mine.py"],
    ["scheduler", "file", "sub/mine.py"],
    ["scheduler", "file", "sub/rtmm.py"],
    ["scheduler", "file", "sub/rules.py"],
  ]);
});
