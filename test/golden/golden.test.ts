/**
 * Numbers that the repository carries itself: costs of layers of each kind (costs.csv) and the jobs of runs of each kind
 * (runs.csv). `npm run golden` writes both files anew; a commit that moves a number says why. Where the same numbers are
 * known from elsewhere, they are compared with that, too.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { afterAll, describe, expect, test } from "vitest";
import { purpose, uniform } from "../../src/core/draws.ts";
import { call, folderWith } from "../cli/call.ts";

type Row = Readonly<Record<string, string>>;

const folder = import.meta.dirname;
const isWriting = process.env.RTMM_GOLDEN === "write";
const parsed = (text: string): Row[] => parse(text, { columns: true, comment: "#" }) as Row[];

/** One file of golden rows; each case has the rows that begin with its name. */
class Golden {
  readonly #path: string;
  readonly #key: string;
  readonly #columns: readonly string[];
  readonly #head: string;
  readonly #found: Row[] = [];

  /** `columns`: of what the commands write, those that are kept; empty in rows of commands that leave them out. */
  constructor(file: string, key: string, columns: readonly string[], head: string) {
    this.#path = join(folder, file);
    this.#key = key;
    this.#columns = columns;
    this.#head = `# ${head} Made by \`npm run golden\`; see golden.test.ts.\n`;
  }

  /** Expects the case to have exactly these rows; or takes them in, if the file is to be written. */
  expectRows(name: string, rows: readonly Row[]): void {
    const kept = (row: Row) => Object.fromEntries(this.#columns.map((column) => [column, row[column] ?? ""]));
    const named = rows.map((row) => ({ [this.#key]: name, ...kept(row) }));
    this.#found.push(...named);
    if (!isWriting) expect(named).toEqual(this.rowsOf(name));
    expect(rows.length).toBeGreaterThan(0);
  }

  rowsOf(name: string): readonly Row[] {
    return this.#rows().filter((row) => row[this.#key] === name);
  }

  names(): readonly string[] {
    return [...new Set(this.#rows().map((row) => row[this.#key]!))];
  }

  write(): void {
    writeFileSync(this.#path, this.#head + stringify(this.#found, { header: true }));
  }

  #rows(): readonly Row[] {
    if (isWriting) return this.#found;
    return existsSync(this.#path) ? parsed(readFileSync(this.#path, "utf8")) : [];
  }
}

const costs = new Golden(
  "costs.csv",
  "system",
  ["layer", "accelerator", "cycles", "latencyNs", "energyNj", "tiles", "offChipBytes"],
  "What the layers of layers.yaml cost.",
);
const runs = new Golden(
  "runs.csv",
  "run",
  [
    ...["task", "job", "variant", "releaseMs", "deadlineMs", "startMs", "completionMs", "status"],
    ...["accelerator", "energyMj"],
  ],
  "The jobs of runs, as rtmm run --jobs writes them.",
);
afterAll(() => {
  if (!isWriting) return;
  costs.write();
  runs.write();
});

describe("costs of layers of each kind", () => {
  const systems = ["fda-1-ws-4k", "fda-1-os-4k", "fda-1-rs-4k", "xr-soc-2", "prema-npu", "planaria-16"];

  test.each(systems)("on %s are the golden ones", async (system) => {
    const { code, stdout } = await call(["cost", "./layers.yaml", "-S", system, "-f", "csv"], { cwd: folder });
    expect(code).toBe(0);
    costs.expectRows(system, parsed(stdout));
  });

  test("are all the golden ones", () => expect(costs.names()).toEqual(systems));

  // Cycles and nJ as the MAESTRO of the XRBench artifact printed them for 4096 PEs and 256 elements a cycle.
  test.each([
    ["fda-1-ws-4k", "first", "20736", "17558.722944"],
    ["fda-1-os-4k", "first", "13680", "12458.851776"],
    ["fda-1-rs-4k", "first", "3456", "10104.133536"],
    ["fda-1-ws-4k", "connected", "152", "691.968096"],
    ["fda-1-os-4k", "connected", "96", "332.169984"],
    ["fda-1-rs-4k", "connected", "380", "256.681008"],
    ["fda-1-ws-4k", "depthwise", "18144", "38028.030336"],
    ["fda-1-os-4k", "depthwise", "5184", "26091.300096"],
    ["fda-1-rs-4k", "depthwise", "48384", "34366.155264"],
  ])("on %s of %s are the artifact's", (system, layer, cycles, energyNj) => {
    expect(costs.rowsOf(system).find((row) => row.layer === layer)).toMatchObject({ cycles, energyNj });
  });

  test("of a matrix product on PREMA's NPU are those worked out in docs/cost-models.md#systolic", () => {
    // Four tiles of weights, each with passes of 128, 128 and 44 positions, after a DRAM latency of 100 cycles.
    const cycles = 100 + 4 * (2 * (128 + 128 + 256) + (44 + 128 + 256));
    const latencyNs = Math.round(cycles / 0.7);
    const row = costs.rowsOf("prema-npu").find(({ layer }) => layer === "product");
    // Weights and outputs of 256 x 256 and 256 x 300, and as many activations as outputs; each moves off chip once.
    const offChipBytes = 256 * 256 + 256 * 300 + 256 * 300;
    expect(row).toMatchObject({
      cycles: `${cycles}`,
      latencyNs: `${latencyNs}`,
      tiles: "12",
      offChipBytes: `${offChipBytes}`,
    });
  });
});

describe("jobs of runs of each kind", () => {
  const commands = [
    // Worked by hand, in the files of the scenarios.
    "./preempted.yaml -S ./one-npu.yaml -s hpf -p mechanism=checkpoint",
    "./preempted.yaml -S ./one-npu.yaml -s hpf -p mechanism=kill",
    "./preempted.yaml -S ./one-npu.yaml -s hpf -p mechanism=drain",
    "./contended.yaml -S ./two-npus.yaml -s edf",
    "./capped.yaml -S ./two-npus-boost.yaml -s edf",
    "./phased.yaml -S ./one-npu.yaml -s fcfs",
    // What is shipped: every cost model, cascades, triggers, drops, supernets, preemption, fission, contention.
    "vr-gaming -S hda-2-ws-os-4k -s edf --duration-ms 100",
    "vr-gaming -S measured-xr-soc -s llf --duration-ms 100",
    "ar-gaming -S sfda-2-ws-8k -s xrbench-latency --duration-ms 150",
    "ar-assistant -S hda-4-ws-os-4k -s dream-mapscore --duration-ms 400",
    "outdoor-activity-b -S xr-soc-2 -s xrbench-edp --set system.contention=on --duration-ms 700",
    "outdoor-activity-a -S xr-soc-2 -s hpf --set system.decisionOverheadNs=50000 --duration-ms 700",
    "dream-ar-social -S dream-3-ws-ws-os-4k -s dream --duration-ms 150",
    "dream-drone-outdoor -S dream-2-ws-os-4k -s sdrm3 --duration-ms 150",
    "dream-ar-call -S dream-2-ws-os-4k -s dream-smartdrop --duration-ms 250",
    "dream-drone-indoor -S dream-2-ws-ws-4k -s rr --duration-ms 100",
    "prema-multi-tenant -S prema-npu -s prema --seed 3",
    "prema-multi-tenant -S prema-npu -s token --seed 4",
    "social-interaction-a -S planaria-16 -s planaria --duration-ms 100",
    "dream-vr-gaming -S planaria-16 -s veltair --duration-ms 100",
    "social-interaction-b -S hda-2-ws-os-4k -s dysta --duration-ms 100",
  ];

  test.each(commands)("%s: are the golden ones, and the audit finds nothing", async (command) => {
    const jobs = join(folderWith({}), "jobs.csv");
    const called = await call(["run", ...command.split(" "), "--jobs", jobs, "--audit"], { cwd: folder });
    expect(called.code).toBe(0);
    runs.expectRows(command, parsed(readFileSync(jobs, "utf8")));
  });

  test("are all the golden ones", () => expect(runs.names()).toEqual(commands));

  // [job, startMs, completionMs, energyMj], as worked out in the files.
  test.each([
    [commands[0]!, "short 2.6 3.6 1, long 0 9.2 6.0022"],
    [commands[1]!, "short 1.5 2.5 1, long 0 8.5 7.5"],
    [commands[2]!, "short 4 5 1, long 0 9 6.002"],
    [commands[3]!, "y 0 3 1, x 0 4 1, z 10 12 1, y 10 13 1"],
    [commands[4]!, "p 0 1 6, q 0 2 2, p 1.5 2.5 6, q 2.2 4.2 2, p 4.5 5.5 6, q 5.6 6.6 6"],
  ])("%s: are those worked by hand", (command, worked) => {
    const numbers = (row: Row) => [row.startMs, row.completionMs, row.energyMj].map(Number).join(" ");
    expect(
      runs
        .rowsOf(command)
        .map((row) => `${row.task} ${numbers(row)}`)
        .join(", "),
    ).toBe(worked);
  });

  test("of phased.yaml come on the grids of its phases, and run the layers that their draws say", () => {
    const releasesMs = [0, 50, 100, 150, 200, 250, 260, 280, 300, 320, 420, 440, 460, 480];
    const drawn = (job: number, why: (typeof purpose)[keyof typeof purpose]) => uniform(1, 0, job, why);
    const workMs = (job: number): number => {
      const skippable = drawn(job, purpose.skip) < 0.5 ? 0 : 2;
      if (drawn(job, purpose.exit) < 0.3) return 1 + skippable + 4;
      return 1 + skippable + 4 + 8 + 16 * (drawn(job, purpose.steps) < 0.5 ? 1 : 3);
    };
    let doneMs = 0;
    const worked = releasesMs.map((releaseMs, job) => {
      const startMs = Math.max(doneMs, releaseMs);
      doneMs = startMs + workMs(job);
      return [job, releaseMs, startMs, doneMs];
    });
    expect(new Set(releasesMs.map((_, job) => workMs(job)))).toEqual(new Set([5, 7, 29, 31, 61, 63]));
    const rows = runs.rowsOf(commands[5]!);
    expect(rows.map((row) => [row.job, row.releaseMs, row.startMs, row.completionMs].map(Number))).toEqual(worked);
  });

  test("have every end and more than one accelerator", () => {
    const all = commands.flatMap((command) => runs.rowsOf(command));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(["met", "late", "dropped"]));
    expect(new Set(all.map(({ accelerator }) => accelerator)).size).toBeGreaterThan(5);
  });
});
