/** Sweeps and workers over a real Redis server. */
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import type { PointOutcome, PointSource } from "../../../src/executors/point.ts";
import { thisBuild } from "../../../src/executors/queue/build.ts";
import { queueAddress } from "../../../src/executors/queue/queue-address.ts";
import { QueueExecutor } from "../../../src/executors/queue/queue-executor.ts";
import { Library } from "../../../src/files/library.ts";
import { prepare } from "../../../src/run/prepare.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { folderWith, small } from "../../cli/call.ts";
import { repository } from "../../repository.ts";
import { hasRedis, RedisServer, WorkerProcess } from "./redis.ts";

const policy = (decide: string): string => `import { first } from "../lib/first.js";
export default {
  name: "mine", summary: "first come", source: "test", parameters: [],
  create: () => ({ lateDrop: false, decide(view, decisions) { ${decide} } }),
};
`;

const files = {
  ...small,
  "package.json": '{ "type": "module" }',
  "lib/first.js": 'import { index } from "./more/index.js";\nexport const first = (list) => list[index];\n',
  "lib/more/index.js": "export const index = 0;\n",
  "policies/mine.js": policy("decisions.run(view.readyJobs.first, first(view.idleAccelerators));"),
  "policies/ranked.js": `import { ranked } from "rtmm";
export default ranked({ name: "mine", summary: "oldest first", source: "test", granularity: "layer" });
`,
  "policies/deadly.js": policy("process.kill(process.pid, 'SIGKILL');"),
  "policies/ending.js": policy("process.exit(1);"),
};

/** Some ms a point: long enough that something can happen meanwhile. */
const LONG_MS = 4_000;

const pointsOf = (count: number, schedulerOf: (index: number) => string = () => "edf"): PointSource => ({
  count,
  caseSize: count,
  request: (index) => ({
    scenario: "small.yaml",
    system: "soc.yaml",
    scheduler: schedulerOf(index),
    parameters: {},
    seed: index,
    durationMs: LONG_MS,
    warmupMs: 0,
  }),
});

/** How points came out, by index; a point that comes twice is a fault. */
class Heard {
  readonly outcomes = new Map<number, string>();
  readonly #then: (heard: number) => void;

  constructor(then: (heard: number) => void = () => undefined) {
    this.#then = then;
  }

  readonly ended = (outcome: PointOutcome): void => {
    expect(this.outcomes.has(outcome.index)).toBe(false);
    this.outcomes.set(outcome.index, JSON.stringify(outcome));
    this.#then(this.outcomes.size);
  };

  get sorted(): readonly string[] {
    return [...this.outcomes].sort(([a], [b]) => a - b).map(([, text]) => text);
  }
}

async function heardHere(points: PointSource, cwd: string): Promise<readonly string[]> {
  const heard = new Heard();
  await new InlineExecutor(new Workbench(new Library(cwd))).run(points, heard.ended);
  return heard.sorted;
}

describe.skipIf(!hasRedis)("points on a queue", { timeout: 60_000 }, () => {
  let redis: RedisServer;
  let cwd: string;
  let told: string[];
  const workers: WorkerProcess[] = [];

  beforeEach(async () => {
    redis = await RedisServer.start();
    cwd = folderWith(files);
    told = [];
  });

  afterEach(async () => {
    for (const worker of workers.splice(0)) {
      worker.process.kill("SIGKILL");
      await worker.exit;
    }
    await redis.stop();
  });

  const worker = (...options: readonly string[]): WorkerProcess => {
    const started = new WorkerProcess(redis.url, ...options);
    workers.push(started);
    return started;
  };

  const executorFor = async (points: PointSource, name = "study", build = thisBuild()): Promise<QueueExecutor> => {
    const library = new Library(cwd);
    const workbench = new Workbench(library);
    const schedulers = new Set(Array.from({ length: points.count }, (_, index) => points.request(index)!.scheduler));
    const setups = await Promise.all(
      [...schedulers].map((scheduler) => prepare({ ...points.request(0)!, scheduler }, workbench)),
    );
    const inputs = setups.flatMap((setup) => setup.inputs);
    const plan = { name, hash: "0123456789abcdef", inputs };
    return QueueExecutor.open(queueAddress(redis.url), { plan, library, notify: (remark) => told.push(remark), build });
  };

  const run = async (points: PointSource, heard: Heard): Promise<void> => {
    const executor = await executorFor(points);
    try {
      await executor.run(points, heard.ended);
    } finally {
      await executor.close();
    }
  };

  test("come out once and as here, with a policy and its imports, when a worker is killed on the way", async () => {
    const points = pointsOf(150, () => "policies/mine.js");
    const doomed = worker();
    worker();
    await doomed.says("waiting");
    const heard = new Heard(() => doomed.stderr.includes("taking points") && doomed.process.kill("SIGKILL"));
    await run(points, heard);
    expect(heard.sorted).toEqual(await heardHere(points, cwd));
    expect(doomed.process.signalCode).toBe("SIGKILL");
  });

  test("of a policy that imports from rtmm come out as here", async () => {
    mkdirSync(join(cwd, "node_modules"));
    symlinkSync(repository, join(cwd, "node_modules/rtmm"));
    const points = pointsOf(4, () => "policies/ranked.js");
    worker();
    const heard = new Heard();
    await run(points, heard);
    expect(heard.sorted).toEqual(await heardHere(points, cwd));
    expect(heard.sorted.join()).not.toContain("failed");
  });

  test("come out once and as here when Redis is away for a while and comes back empty", async () => {
    const points = pointsOf(120);
    worker();
    let restarted: Promise<void> | undefined;
    const heard = new Heard((count) => {
      if (count >= 10) restarted ??= redis.stop().then(() => redis.start());
    });
    await run(points, heard);
    await restarted;
    expect(heard.sorted).toEqual(await heardHere(points, cwd));
    expect(told.join("\n")).toMatch(/lost the connection to .*[\s\S]*reconnected to /);
  });

  test("of two sweeps at once stay apart", async () => {
    const sources = [pointsOf(40), pointsOf(40, () => "llf")];
    worker();
    const heard = [new Heard(), new Heard()];
    await Promise.all(sources.map((points, place) => run(points, heard[place]!)));
    for (const [place, points] of sources.entries()) {
      expect(heard[place]!.sorted).toEqual(await heardHere(points, cwd));
    }
  });

  test("of one executor's second run are not those of its first", async () => {
    worker();
    const first = pointsOf(20);
    const second = pointsOf(20, () => "llf");
    const executor = await executorFor(first);
    const heard = [new Heard(), new Heard()];
    await executor.run(first, heard[0]!.ended);
    await executor.run(second, heard[1]!.ended);
    await executor.close();
    expect(heard[1]!.sorted).toEqual(await heardHere(second, cwd));
  });

  test("that end their thread, or every worker process that has them, have failed, and the rest goes on", async () => {
    const scheduler: Readonly<Record<number, string>> = { 2: "policies/ending.js", 4: "policies/deadly.js" };
    const points = pointsOf(8, (index) => scheduler[index] ?? "edf");
    // A job has three lives; the fourth worker tells of its end.
    for (let lives = 0; lives < 4; lives += 1) worker();
    const heard = new Heard();
    await run(points, heard);
    const kinds = heard.sorted.map((text) => JSON.parse(text).failure?.kind ?? "done");
    expect(kinds).toEqual(["done", "done", "crash", "done", "crash", "done", "done", "done"]);
  });

  test("go to no worker of another build, and both sides say so", async () => {
    const other = { ...thisBuild(), code: "f".repeat(64) };
    const points = pointsOf(3);
    const executor = await executorFor(points, "study", other);
    const started = worker();
    const heard = new Heard();
    const interruption = new AbortController();
    const ran = executor.run(points, heard.ended, interruption.signal);
    await started.says("study from");
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    interruption.abort(new Error("enough"));
    await expect(ran).rejects.toThrow("enough");
    await executor.close();
    expect(started.stderr).toMatch(/it uses rtmm [\d.]+ \(code ffffffff\), but this worker is rtmm .*install the same/);
    expect(told.join("\n")).toMatch(
      /a worker on .* gets no points: it is rtmm .*, but this sweep uses rtmm [\d.]+ \(code ffffffff\)/,
    );
    expect(heard.outcomes.size).toBe(0);
  });

  test("leave nothing in Redis when they are done, nor after Ctrl-C on both sides", async () => {
    const started = worker();
    await run(pointsOf(5), new Heard());
    const interruption = new AbortController();
    const points = pointsOf(500);
    const executor = await executorFor(points);
    const heard = new Heard((count) => count >= 5 && interruption.abort(new Error("Ctrl-C")));
    await expect(executor.run(points, heard.ended, interruption.signal)).rejects.toThrow("Ctrl-C");
    await executor.close();
    expect(await started.stop()).toBe(130);
    // The queue's own mark of its last look for silent workers; it goes by itself.
    expect((await redis.keys()).filter((key) => !key.endsWith(":stalled-check"))).toEqual([]);
    expect(readdirSync(started.folder)).toEqual([]);
  });

  test("end with what is thrown where outcomes are told, as by a full disk", async () => {
    worker();
    const points = pointsOf(50);
    const executor = await executorFor(points);
    const heard = new Heard(() => {
      throw new Error("disk full");
    });
    await expect(executor.run(points, heard.ended)).rejects.toThrow("disk full");
    await executor.close();
    expect(heard.outcomes.size).toBe(1);
  });

  test("given back by a worker that is stopped are run by another one", async () => {
    const points = pointsOf(100);
    const leaving = worker();
    const heard = new Heard(() => leaving.process.kill("SIGINT"));
    const ran = run(points, heard);
    expect(await leaving.exit).toBe(130);
    worker();
    await ran;
    expect(heard.sorted).toEqual(await heardHere(points, cwd));
  });

  test("are no longer awaited by a worker that has been idle for too long", async () => {
    const started = worker("--exit-when-idle", "0.5");
    await started.says("waiting");
    expect(await started.exit).toBe(0);
    // A worker deletes its record when it leaves. One that gave up waiting for the server would still have it.
    expect((await redis.keys()).filter((key) => !key.endsWith(":stalled-check"))).toEqual([]);
  });
});
