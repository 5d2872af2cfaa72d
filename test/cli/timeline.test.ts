/** `rtmm run --timeline` as a function of its arguments and streams. */
import stripAnsi from "strip-ansi";
import { describe, expect, test } from "vitest";
import { symbolsFor } from "../../src/cli/symbols.ts";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

const runSmall = (...more: string[]) => call(["run", "small", "-S", "soc", ...more], { cwd: folderWith(small) });

/**
 * test/cli/run.test.ts has the jobs: audio to 0.3 ms, where touch is dropped, camera to 1.3, detect to 2.8 (late), camera
 * to 3.8, detect to 5.3 (late), which is 67 columns of 0.08 ms. Column 47 is shared equally; camera comes first.
 */
test("the chart of a scenario worked by hand follows its tables", async () => {
  const { code, stdout } = await runSmall("--timeline");
  const { stdout: tables } = await runSmall();
  expect(code).toBe(0);
  expect(stdout).toBe(`${tables}
Timeline of small, 0 to 5.3 ms

ms      0         0.8       1.6       2.4       3.2       4         4.8
        |---------|---------|---------|---------|---------|---------|------
npu     AAAACCCCCCCCCCCCDDDDDDDDDDDDDDDDDDDCCCCCCCCCCCCCDDDDDDDDDDDDDDDDDDD

detect                                    !                               !
touch      x

key  task    jobs  late  dropped  busy %
C    camera     2     0        0   37.74
D    detect     2     2        0   56.60
A    audio      1     0        0   5.660
T    touch      1     0        1       0

A column is 0.08 ms; capital letter: busy for at least half of it; small letter:
for less; .: idle; !: completed late; x: dropped; #: both
`);
});

test("a window of one's own, in ms", async () => {
  const { stdout } = await runSmall("--timeline", "--from-ms", "1", "--to-ms", "2.5");
  expect(stdout).toContain("\n\nTimeline of small, 1 to 2.5 ms\n\n");
  // 1.3 ms, where detect follows camera, is 15 columns of 0.02 ms away.
  expect(stdout).toMatch(/^npu {2}C{15}D{60}$/m);
});

test("several scenarios have a chart each, behind their common tables", async () => {
  const args = ["run", "ar-gaming", "vr-gaming", "--timeline", "--duration-ms", "100"];
  const { stdout } = await call(args, { cwd: repository });
  const titles = stdout.split("\n").filter((line) => /^(Timeline|Overall)/.test(line));
  expect(titles).toEqual([
    expect.stringMatching(/^Overall XRBench score/),
    "Timeline of ar-gaming, 0 to 100 ms",
    "Timeline of vr-gaming, 0 to 50 ms",
  ]);
});

test("it changes no number", async () => {
  const [without, withChart] = [
    await runSmall("--audit"),
    await runSmall("--audit", "--timeline", "--jobs", "jobs.csv"),
  ];
  const hashOf = (stderr: string) => /^result .*$/m.exec(stderr)![0];
  expect(hashOf(withChart.stderr)).toBe(hashOf(without.stderr));
});

test("the chart of a lane of an accelerator with fission has its own row", async () => {
  const args = ["run", "prema-multi-tenant", "-S", "planaria-16", "-s", "planaria", "--timeline", "--to-ms", "20"];
  const { stdout } = await call(args, { cwd: repository });
  const rows = stdout.split("\n").filter((line) => line.startsWith("npu"));
  expect(rows.map((row) => row.split(/ {2,}/)[0])).toEqual([
    ...rows.slice(0, -1).map((_, lane) => `npu/${lane}`),
    "npu use",
  ]);
  expect(rows.length).toBeGreaterThan(3);
});

describe("on a terminal", () => {
  const onTerminal = (env: Readonly<Record<string, string>>, ...more: string[]) =>
    call(["run", "small", "-S", "soc", "--timeline", ...more], { cwd: folderWith(small), terminal: true, env });

  test("the chart has colours and finer marks, and says the same", async () => {
    const { stdout } = await onTerminal({ LANG: "en_US.UTF-8", TERM: "xterm" });
    const { stdout: plain } = await onTerminal({ LANG: "C", TERM: "xterm", NO_COLOR: "1" });
    expect(stdout).toContain("├─");
    expect(stdout).not.toBe(stripAnsi(stdout));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: beyond ASCII is what this is about.
    expect(plain.slice(plain.indexOf("Timeline"))).toMatch(/^[\u0000-\u007f]*$/);
    const lettersOf = (text: string) => /^npu +(\w+)$/m.exec(stripAnsi(text))![1];
    expect(lettersOf(stdout)).toBe(lettersOf(plain));
  });

  test.each([
    [{ LANG: "en_US.UTF-8" }, "unicode"],
    [{ LANG: "en_US.utf8", LC_ALL: "C" }, "ascii"],
    [{ LANG: "C", LC_CTYPE: "C.UTF-8", LC_ALL: "" }, "unicode"],
    [{ LANG: "de_DE.ISO-8859-1" }, "ascii"],
    [{}, "ascii"],
    [{ LANG: "C.UTF-8", TERM: "dumb" }, "ascii"],
    [{ LANG: "C.UTF-8", TERM: "linux" }, "ascii"],
    [{ OS: "Windows_NT" }, "ascii"],
    [{ OS: "Windows_NT", WT_SESSION: "1" }, "unicode"],
    [{ OS: "Windows_NT", TERM_PROGRAM: "vscode" }, "unicode"],
  ] as const)("%j: %s", (env, symbols) => {
    const write = () => undefined;
    expect(symbolsFor({ isTTY: true, write }, env)).toBe(symbols);
    expect(symbolsFor({ isTTY: false, write }, env)).toBe("ascii");
  });
});

describe("what is refused before anything runs", () => {
  test.each([
    [["--timeline", "-f", "json"], "--timeline draws text: it needs --format table or markdown, not json"],
    [["--timeline", "-f", "csv"], "--timeline draws text: it needs --format table or markdown, not csv"],
    [["--from-ms", "1"], "--from-ms needs --timeline"],
    [["--to-ms", "1"], "--to-ms needs --timeline"],
    [["--timeline", "--from-ms", "2", "--to-ms", "1"], "--from-ms 2 must be less than --to-ms 1"],
    [["--timeline", "--from-ms", "4"], "--from-ms 4 is not in the run: small releases jobs for 4 ms"],
    [["--timeline", "--from-ms", "-1"], "It must be a number from 0"],
    [["--timeline", "--to-ms", "x"], "It must be a number above 0"],
  ])("%j", async (options, message) => {
    const { code, stdout, stderr } = await runSmall(...options, "--jobs", "jobs.csv");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("wrote");
  });
});
