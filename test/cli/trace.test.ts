/** `rtmm run --trace`: the files say what the job log says, and errors are told before anything runs. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type ReadTimeline, readChrome } from "../output/trace/read-back.ts";
import { readPerfetto } from "../output/trace/read-perfetto.ts";
import { call, folderWith, small } from "./call.ts";

const nsOf = (ms: string): number => Number(ms.replace(".", ""));

/** [job, release, end, status, energy] of each row. */
function jobsIn(csv: string): unknown[] {
  const rows: Readonly<Record<string, string>>[] = parse(csv, { columns: true });
  return rows.map(({ task, job, releaseMs, completionMs, status, energyMj }) => [
    `${task} #${job}`,
    nsOf(releaseMs!),
    completionMs === "" ? "dropped" : nsOf(completionMs!),
    status,
    energyMj,
  ]);
}

/** The same of each slice on the tracks of tasks. */
const jobsOn = ({ slices }: ReadTimeline): unknown[] =>
  slices
    .filter(({ track }) => track.startsWith("tasks: "))
    .map(({ name, ns, endNs, details }) => [
      name,
      ns,
      details.status === "dropped" ? "dropped" : endNs,
      details.status,
      (details.energyMj as number).toFixed(9),
    ]);

/** Starts of the first and ends of the last dispatch of each job, from the tracks of accelerators. */
function ranOn({ slices }: ReadTimeline): Map<string, readonly [number, number]> {
  const ran = new Map<string, readonly [number, number]>();
  for (const { track, name, ns, endNs, depth } of slices) {
    if (!track.startsWith("accelerators: ") || depth > 0) continue;
    const [fromNs, toNs] = ran.get(name) ?? [ns, endNs];
    ran.set(name, [Math.min(fromNs, ns), Math.max(toNs, endNs)]);
  }
  return ran;
}

const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));

const runs = [
  ["vr-gaming", "dream"],
  ["ar-gaming", "edf"],
  ["ar-gaming", "hpf"],
] as const;

describe.each(runs)("the timeline of %s with %s", (scenario, scheduler) => {
  test("has a slice for each job of the log, and dispatches from its start to its completion", async () => {
    const cwd = folderWith({});
    const files = ["--trace", "t.json", "--jobs", "jobs.csv"];
    const { code } = await call(["run", scenario, "-s", scheduler, "--duration-ms", "200", ...files], { cwd });
    expect(code).toBe(0);
    const csv = readFileSync(join(cwd, "jobs.csv"), "utf8");
    const timeline = readChrome(readFileSync(join(cwd, "t.json"), "utf8"));
    expect(jobsOn(timeline).sort(byText)).toEqual(jobsIn(csv).sort(byText));
    const rows: Readonly<Record<string, string>>[] = parse(csv, { columns: true });
    const ran = ranOn(timeline);
    for (const { task, job, startMs, completionMs } of rows) {
      if (completionMs === "") continue;
      expect(ran.get(`${task} #${job}`)).toEqual([nsOf(startMs!), nsOf(completionMs!)]);
    }
  });

  test("is the same in Perfetto's format", async () => {
    const cwd = folderWith({});
    const args = ["run", scenario, "-s", scheduler, "--duration-ms", "100"];
    await call([...args, "--trace", "t.json"], { cwd });
    await call([...args, "--trace", "t.pftrace"], { cwd });
    const timeline = readChrome(readFileSync(join(cwd, "t.json"), "utf8"));
    expect(readPerfetto(readFileSync(join(cwd, "t.pftrace")))).toEqual(timeline);
  });
});

const runSmall = async (cwd: string, ...more: string[]) => call(["run", "small", "-S", "soc", ...more], { cwd });

describe("--trace", () => {
  test("compresses a file that ends in .gz, with the same content", async () => {
    const cwd = folderWith(small);
    const { stderr } = await runSmall(cwd, "--trace", "t.json.gz");
    expect(stderr).toContain("wrote");
    await runSmall(cwd, "--trace", "t.json");
    expect(gunzipSync(readFileSync(join(cwd, "t.json.gz"))).toString()).toBe(readFileSync(join(cwd, "t.json"), "utf8"));
  });

  test("compresses Perfetto's format as well", async () => {
    const cwd = folderWith(small);
    for (const name of ["t.pftrace", "t.pftrace.gz"]) await runSmall(cwd, "--trace", name);
    expect(gunzipSync(readFileSync(join(cwd, "t.pftrace.gz")))).toEqual(readFileSync(join(cwd, "t.pftrace")));
  });

  test("changes no number of the result", async () => {
    const cwd = folderWith(small);
    const { stdout } = await runSmall(cwd, "-f", "json", "--trace", "t.json");
    expect(stdout).toBe((await runSmall(cwd, "-f", "json")).stdout);
  });

  test("is a key of configurations, too", async () => {
    const cwd = folderWith({ ...small, "config.yaml": "scenarios: small\nsystem: soc\ntrace: t.json\n" });
    expect((await call(["run", "--config", "config.yaml"], { cwd })).code).toBe(0);
    expect(readChrome(readFileSync(join(cwd, "t.json"), "utf8")).slices.length).toBeGreaterThan(7);
  });

  test.each([
    [
      ["small", "--trace", "t.txt"],
      /cannot write a trace to .*t\.txt: its name must end in one of \.json, \.json\.gz, \.pftrace, \.pftrace\.gz/,
    ],
    [["small", "--trace", "no/t.json"], /cannot write .*no\/t\.json: its folder does not exist/],
    [["small", "--trace", "folder.json"], /cannot write .*folder\.json: it is a folder/],
    [["small", "other", "--trace", "t.json"], /--trace takes one scenario/],
    [["small", "--trace", "t.json", "--jobs", "./t.json"], /two outputs would be written to .*t\.json/],
    [["small", "--trace", "out/result.json", "-o", "out"], /two outputs would be written to .*result\.json/],
  ])("is refused before anything runs: rtmm run %j", async (args, message) => {
    const other = small["small.yaml"].replace("name: small", "name: other");
    const cwd = folderWith({ ...small, "other.yaml": other });
    mkdirSync(join(cwd, "folder.json"));
    const { code, stdout, stderr } = await call(["run", ...args, "-S", "soc"], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd).filter((file) => /part$|^t[.]/.test(file))).toEqual([]);
  });

  test.each(["t.json", "t.pftrace", "t.json.gz"])("writes %s while the run goes on", async (name) => {
    // The policy looks at the unfinished file, at about three quarters of the run.
    const looking = `import { statSync } from "node:fs";
export default {
  name: "looking", summary: "", source: "", parameters: [],
  create: () => ({
    lateDrop: false,
    decide(view, decisions) {
      decisions.run(view.readyJobs.first, view.idleAccelerators[0]);
      if (view.nowNs < 3.9e9) return;
      const { size } = statSync(new URL("${name}.part", import.meta.url));
      if (size < SIZE) throw new Error("only " + size + " bytes are written");
    },
  }),
};`;
    const long = small["small.yaml"].replace("durationMs: 4", "durationMs: 4000");
    const withSize = (size: number) =>
      folderWith({ ...small, "small.yaml": long, "p.mjs": looking.replace("SIZE", String(size)) });
    const cwd = withSize(0);
    expect(await runSmall(cwd, "-s", "./p.mjs", "--trace", name)).toMatchObject({ code: 0 });
    const { length } = readFileSync(join(cwd, name));
    expect((await runSmall(withSize(0.5 * length), "-s", "./p.mjs", "--trace", name)).code).toBe(0);
    expect((await runSmall(withSize(length), "-s", "./p.mjs", "--trace", name)).code).toBe(1);
  });

  test("leaves an older file as it was where a policy fails", async () => {
    const failing = `export default {
  name: "bad", summary: "", source: "", parameters: [],
  create: () => ({ lateDrop: false, decide() { throw new Error("no"); } }),
};`;
    const cwd = folderWith({ ...small, "bad.mjs": failing, "t.json": "old" });
    expect((await runSmall(cwd, "-s", "./bad.mjs", "--trace", "t.json")).code).toBe(1);
    expect(readFileSync(join(cwd, "t.json"), "utf8")).toBe("old");
    expect(existsSync(join(cwd, "t.json.part"))).toBe(false);
  });
});
