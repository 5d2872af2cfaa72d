/** `rtmm watch` as a process: what it notices, what it says, and how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { repository } from "../repository.ts";
import { folderWith, importing, small } from "./call.ts";

/** A watching process, and what it has said so far. */
class Watching {
  readonly cwd: string;
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";

  constructor(words: readonly string[], files: Readonly<Record<string, string>>) {
    this.cwd = folderWith(files);
    const command = [join(repository, "bin/rtmm.js"), "watch", ...words];
    this.child = spawn(process.execPath, command, { cwd: this.cwd, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
  }

  get lines(): readonly string[] {
    return this.stdout.split("\n").filter((line) => line !== "");
  }

  /** Waits for the line of a run, and returns it. */
  async run(number: number): Promise<string> {
    for (;;) {
      const line = this.lines.find((each) => each.startsWith(`run ${number}`));
      if (line !== undefined) return line;
      if (this.child.exitCode !== null) throw new Error(`watch ended: ${this.stderr}`);
      await delay(20);
    }
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.cwd, file), text);
  }

  /** As many editors save: a new file takes the place of the old one. */
  replace(file: string, text: string): void {
    this.write(`${file}.new`, text);
    renameSync(join(this.cwd, `${file}.new`), join(this.cwd, file));
  }

  remove(file: string): void {
    rmSync(join(this.cwd, file));
  }
}

let watching: Watching | undefined;
afterEach(() => void watching?.child.kill("SIGKILL"));

function watched(words: readonly string[], files: Readonly<Record<string, string>> = small): Watching {
  watching = new Watching(words, files);
  return watching;
}

const smallRun = ["small.yaml", "-S", "soc.yaml"];
const slower = small["soc.csv"].replace("a,npu,1,0.5", "a,npu,1,0.75");

describe("a run is made again when", () => {
  test("a table changes, and the line tells how metrics moved", async () => {
    const watch = watched(smallRun);
    expect(await watch.run(1)).toMatch(/^run 1: small: uxCost [\d.]+, .*energyMj 5\.\d+ mJ, /);
    watch.replace("soc.csv", slower);
    const line = await watch.run(2);
    expect(line).toMatch(/^run 2 \(soc\.csv changed\): small: /);
    expect(line).toMatch(/energyMj \S+ mJ \(was \S+, \+\S+ % worse\)/);
    watch.write("soc.csv", small["soc.csv"]);
    expect(await watch.run(3)).toMatch(/energyMj \S+ mJ \(was \S+, -\S+ % better\)/);
  }, 60_000);

  test("a model, the system or the scenario changes, each once", async () => {
    const watch = watched(smallRun);
    await watch.run(1);
    watch.write("a.yaml", `${small["a.yaml"]}# a remark\n`);
    expect(await watch.run(2)).toContain("(a.yaml changed)");
    watch.replace("soc.yaml", `# a remark\n${small["soc.yaml"]}`);
    expect(await watch.run(3)).toContain("(soc.yaml changed)");
    watch.write("small.yaml", small["small.yaml"].replace("fps: 500", "fps: 250"));
    expect(await watch.run(4)).toContain("(small.yaml changed)");
    expect(watch.lines).toHaveLength(4);
  }, 60_000);

  test("a policy changes, or what it imports: both are loaded anew", async () => {
    const watch = watched([...smallRun, "-s", "./mine.js"], { ...small, ...importing });
    const first = await watch.run(1);
    watch.write("lib/pick.js", "export const pick = (list) => list.at(-1);\n");
    const second = await watch.run(2);
    expect(second).toMatch(/^run 2 \(lib\/pick\.js changed\)/);
    expect(second).toContain("was");
    watch.write("lib/other.js", "export const pick = (list) => list[0];\n");
    watch.write("mine.js", importing["mine.js"].replace("pick.js", "other.js"));
    const third = await watch.run(3);
    expect(third.replaceAll(/ \(was [^)]*\)/g, "").slice(third.indexOf("small:"))).toBe(
      first.slice(first.indexOf("small:")),
    );
    // The new import is watched, too.
    watch.write("lib/other.js", "export const pick = (list) => list.at(-1);\n");
    expect(await watch.run(4)).toMatch(/^run 4 \(lib\/other\.js changed\)/);
  }, 60_000);

  test("the configuration or the parameter file changes", async () => {
    const files = {
      ...small,
      "settings.yaml": "scenarios: [small]\nsystem: soc\nseed: 1\n",
      "tuned.yaml": "scheduler: edf\nparams: { granularity: layer }\n",
    };
    const watch = watched(["--config", "settings.yaml", "--params", "tuned.yaml"], files);
    await watch.run(1);
    watch.write("settings.yaml", "scenarios: [small]\nsystem: soc\nseed: 2\n");
    expect(await watch.run(2)).toContain("(settings.yaml changed)");
    watch.write("tuned.yaml", "scheduler: edf\nparams: { granularity: model }\n");
    expect(await watch.run(3)).toContain("(tuned.yaml changed)");
  }, 60_000);
});

describe("watching goes on when", () => {
  test("a file is broken for a while, whose problems are shown", async () => {
    const watch = watched(smallRun);
    await watch.run(1);
    watch.write("small.yaml", small["small.yaml"].replace("fps: 500", "fps: -5"));
    expect(await watch.run(2)).toBe("run 2 (small.yaml changed): failed with exit code 2");
    expect(watch.stderr).toContain("small.yaml:4:39: fps must be greater than 0, got -5");
    // A model that the broken run did not get to.
    watch.write("c.yaml", `${small["c.yaml"]}# a remark\n`);
    expect(await watch.run(3)).toBe("run 3 (c.yaml changed): failed with exit code 2");
    watch.write("small.yaml", small["small.yaml"]);
    expect(await watch.run(4)).toMatch(/^run 4 \(small\.yaml changed\): small: uxCost/);
  }, 60_000);

  test("an import of a policy is broken, also in the very first run", async () => {
    const files = { ...small, ...importing, "lib/pick.js": "export const pick = (list) => list[;\n" };
    const watch = watched([...smallRun, "-s", "./mine.js"], files);
    expect(await watch.run(1)).toBe("run 1: failed with exit code 2");
    watch.write("lib/pick.js", importing["lib/pick.js"]);
    expect(await watch.run(2)).toMatch(/^run 2 \(lib\/pick\.js changed\): small: uxCost/);
  }, 60_000);

  test("a file is deleted, and comes back", async () => {
    const watch = watched(smallRun);
    await watch.run(1);
    watch.remove("b.yaml");
    expect(await watch.run(2)).toBe("run 2 (b.yaml changed): failed with exit code 2");
    watch.write("b.yaml", small["b.yaml"]);
    expect(await watch.run(3)).toMatch(/^run 3 \(b\.yaml changed\): small: uxCost/);
  }, 60_000);
});

test("a call that has no file to wait for ends as rtmm run does", async () => {
  const watch = watched([]);
  const [code] = await once(watch.child, "close");
  expect(code).toBe(2);
  expect(watch.stderr).toContain("name a scenario or suite");
  expect(watch.stdout).toBe("");
}, 60_000);

test("a scenario that is not there yet is waited for", async () => {
  const watch = watched(["later", "-S", "soc.yaml"]);
  expect(await watch.run(1)).toBe("run 1: failed with exit code 2");
  watch.write("later.yaml", small["small.yaml"]);
  expect(await watch.run(2)).toMatch(/^run 2 \(later\.yaml changed\): small: uxCost/);
}, 60_000);

test("a run that is under way when a file changes is stopped and begun anew", async () => {
  const endless = `import { writeFileSync } from "node:fs";
export default {
  name: "endless", summary: "s", source: "mine", parameters: [],
  create() {
    writeFileSync("begun", "");
    for (;;);
  },
};
`;
  const watch = watched([...smallRun, "-s", "./mine.js"], { ...small, ...importing, "mine.js": endless });
  while (!existsSync(join(watch.cwd, "begun"))) await delay(20);
  watch.replace("mine.js", importing["mine.js"]);
  expect(await watch.run(2)).toMatch(/^run 2 \(mine\.js changed\): small: uxCost/);
  expect(watch.lines).toHaveLength(1);
}, 60_000);

test("a file that is saved as it was, or truncated and written again, is no change", async () => {
  const watch = watched(smallRun);
  await watch.run(1);
  watch.write("soc.csv", "");
  watch.write("soc.csv", small["soc.csv"]);
  watch.replace("a.yaml", small["a.yaml"]);
  // The next change is the only one that is told.
  watch.write("c.yaml", `${small["c.yaml"]}# a remark\n`);
  expect(await watch.run(2)).toContain("(c.yaml changed)");
  expect(watch.lines).toHaveLength(2);
}, 60_000);

test("all options of run hold, and its files are written at each run", async () => {
  const watch = watched([...smallRun, "--require", "energyMj<=0.001", "-o", "out", "--seed", "7"]);
  expect(await watch.run(1)).toMatch(/, exit code 3$/);
  const resultOf = () => JSON.parse(readFileSync(join(watch.cwd, "out/result.json"), "utf8"));
  expect(resultOf().seed).toBe(7);
  const { resultHash } = resultOf();
  watch.write("soc.csv", slower);
  await watch.run(2);
  expect(resultOf().resultHash).not.toBe(resultHash);
}, 60_000);

test.skipIf(process.platform === "win32").each([
  ["SIGINT", 130, "interrupted\n"],
  ["SIGTERM", 143, "interrupted by SIGTERM\n"],
] as const)(
  "%s ends it with %d",
  async (signal, code, stderr) => {
    const watch = watched(smallRun);
    await watch.run(1);
    const closed = once(watch.child, "close");
    watch.child.kill(signal);
    expect([await closed, watch.stderr]).toEqual([[code, null], stderr]);
  },
  60_000,
);

test("what it cannot do, it says", async () => {
  const watch = watched([...smallRun, "--print-config"]);
  const [code] = await once(watch.child, "close");
  expect([code, watch.stderr]).toEqual([2, "error: --print-config runs nothing; use it with rtmm run\n"]);
}, 60_000);
