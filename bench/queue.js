// The overhead of a queue: `node bench/queue.js [points]`. Needs dist/ (npm run build) and redis-server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { InlineExecutor } from "../dist/executors/inline-executor.js";
import { thisBuild } from "../dist/executors/queue/build.js";
import { PREFIX, queueName } from "../dist/executors/queue/keys.js";
import { queueAddress } from "../dist/executors/queue/queue-address.js";
import { QueueExecutor } from "../dist/executors/queue/queue-executor.js";
import { Reporter } from "../dist/executors/queue/reporter.js";
import { ThreadExecutor } from "../dist/executors/threads/thread-executor.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";

const count = Number(process.argv[2] ?? 100_000);
const port = 20_000 + (process.pid % 20_000);
const address = queueAddress(`redis://127.0.0.1:${port}`);
const library = new Library(process.cwd());
const plan = { name: "bench", hash: "0".repeat(64), inputs: [] };
const redisServer = spawn("redis-server", ["--port", `${port}`, "--save", "", "--appendonly", "no"], {
  stdio: "ignore",
  cwd: tmpdir(),
});
const redis = new Redis(address.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
redis.on("error", () => undefined);
await redis.ping();

const points = (many, durationMs) => ({
  count: many,
  caseSize: many,
  request: (seed) => ({
    scenario: library.find("scenario", "vr-gaming"),
    system: library.find("system", "hda-2-ws-os-4k"),
    scheduler: "edf",
    parameters: {},
    seed,
    durationMs,
    warmupMs: 0,
  }),
});

async function timed(executor, source) {
  const [startMs, startCpu, redisCpu] = [performance.now(), process.cpuUsage(), await redisCpuS()];
  let peakBytes = 0;
  let ended = 0;
  await executor.run(source, () => {
    ended += 1;
    if (ended % 1000 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  });
  const { user, system } = process.cpuUsage(startCpu);
  return {
    wallS: (performance.now() - startMs) / 1000,
    cpuS: (user + system) / 1e6,
    redisCpuS: (await redisCpuS()) - redisCpu,
    peakMb: peakBytes / 1e6,
  };
}

async function redisCpuS() {
  const text = await redis.info("cpu");
  return ["used_cpu_user", "used_cpu_sys"].reduce((sum, key) => sum + Number(text.match(`${key}:([\\d.]+)`)[1]), 0);
}

/** A worker that answers each point with the same result. Returns how to stop it. */
async function answeringWorker(result) {
  const connection = new Redis(address.url, { maxRetriesPerRequest: null });
  const answer = async ({ data }) => {
    const reporter = new Reporter(connection, data);
    for (const { index } of data.points) reporter.add({ kind: "done", index, result });
    await reporter.finish();
  };
  const worker = new Worker(queueName(thisBuild()), answer, { connection, prefix: PREFIX, concurrency: 2 });
  return async () => {
    await worker.close();
    connection.disconnect();
  };
}

const ROUNDS = 3;

const us = (seconds, many) => `${((seconds * 1e6) / many).toFixed(0)} us per point`;

async function queueing() {
  let result;
  await new InlineExecutor(new Workbench(library)).run(points(1, 1000), (outcome) => {
    result = outcome.result;
  });
  const stopWorker = await answeringWorker(result);
  const executor = await QueueExecutor.open(address, { plan, library, tell: () => undefined });
  const { wallS, cpuS, redisCpuS: inRedisS, peakMb } = await timed(executor, points(count, 1000));
  await executor.close();
  await stopWorker();
  const peak = (await redis.info("memory")).match(/used_memory_peak:(\d+)/)[1];
  console.log(
    `${count} points answered without simulation (sweep and worker in one process), ${JSON.stringify(result).length} bytes per result`,
  );
  console.log(
    `  wall ${wallS.toFixed(1)} s, ${us(wallS, count)}; processor ${us(cpuS, count)}, in Redis ${us(inRedisS, count)}`,
  );
  console.log(`  memory: at most ${peakMb.toFixed(0)} MB here, ${(peak / 1e6).toFixed(0)} MB in Redis`);
}

/** Threads and queue alternate, so that both meet the same noise; the best round of each counts. */
async function simulating(many, durationMs) {
  const threads = new ThreadExecutor(2, { cwd: process.cwd() });
  const rtmm = fileURLToPath(new URL("../bin/rtmm.js", import.meta.url));
  const command = [rtmm, "worker", "--queue", address.url, "-j", "1"];
  const workers = [1, 2].map(() => spawn(process.execPath, command, { stdio: "ignore" }));
  const queue = await QueueExecutor.open(address, { plan, library, tell: () => undefined });
  for (const executor of [threads, queue]) await timed(executor, points(40, durationMs));
  const best = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, executor] of [threads, queue].entries()) {
      best[i] = Math.min(best[i], (await timed(executor, points(many, durationMs))).wallS);
    }
  }
  await threads.close();
  await queue.close();
  for (const worker of workers) worker.kill("SIGINT");
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  const [local, queued] = best;
  const rate = (seconds) => `${(many / seconds).toFixed(1)} points/s`;
  console.log(`${many} points of ${((2000 * local) / many).toFixed(0)} ms on two threads: ${rate(local)}`);
  console.log(`  on two workers: ${rate(queued)}, ${((100 * local) / queued).toFixed(0)} % of that`);
}

try {
  await queueing();
  await simulating(600, 2000);
} finally {
  redis.disconnect();
  redisServer.kill();
}
