/** Runs against queueing theory: mean responses, blocking and throughput of systems with known answers. */
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";

/** Service times of mean 1 ms, so that rates in jobs per ms are loads. */
interface Queue {
  readonly tasks: readonly string[];
  readonly scheduler?: string;
  readonly servers?: number;
  /** What a row of the table says behind the latency. */
  readonly times?: "exact" | "exponential" | `cv ${number}`;
}

const SEEDS = 16;
const DURATION_MS = 10_000;

/** Quantiles of the exponential distribution, at the middles of equal shares. */
const exponential = `latencyMs\n${Array.from({ length: 2000 }, (_, i) => (-Math.log(1 - (i + 0.5) / 2000)).toFixed(9)).join("\n")}\n`;

const rows = {
  exact: "latencyMs\nm,p,1\n",
  exponential: "samples\nm,p,exp.csv\n",
};

/** What `value` measures in each of several seeds, after a warm-up. */
async function measured(
  { tasks, scheduler = "fcfs", servers = 1, times = "exponential" }: Queue,
  value: (result: Awaited<ReturnType<typeof run>>) => number,
): Promise<readonly number[]> {
  const lines = tasks.map((task, i) => `  - { id: t${i}, model: { name: m, layers: measured }, ${task} }\n`);
  const row = times in rows ? rows[times as keyof typeof rows] : `latencyMs,cv\nm,p,1,${times.slice(3)}\n`;
  const results = [];
  for (let seed = 1; seed <= SEEDS; seed += 1)
    results.push(
      await run({
        scenario: { yaml: `name: q\ndurationMs: ${DURATION_MS}\ntasks:\n${lines.join("")}` },
        system: {
          yaml: `name: s\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: p, count: ${servers} }]\n`,
        },
        files: { "t.csv": `model,accelerator,${row}`, "exp.csv": exponential },
        scheduler,
        seed,
        warmupMs: 500,
      }),
    );
  return results.map(value);
}

/** Within four standard errors of the mean of the seeds, which are fixed; and these are small enough to tell. */
function expectMean(values: readonly number[], theory: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance / values.length);
  expect(error).toBeLessThan(0.03 * theory);
  expect(Math.abs(mean - theory)).toBeLessThan(4 * error + 0.001 * theory);
}

const poisson = (load: number, more = "") =>
  `arrival: { kind: poisson, ratePerS: ${1000 * load} }, deadlineMs: none${more}`;

const meanResponseMs = ({ metrics }: Awaited<ReturnType<typeof run>>): number => metrics.meanResponseMs as number;

test.each([
  ["exact" as const, 0],
  ["exponential" as const, 1],
  ["cv 0.5" as const, 0.5],
  ["cv 1.3" as const, 1.3],
])("one server with %s times has the mean response of Pollaczek and Khinchine", async (times, cv) => {
  const load = 0.6;
  const waitMs = (load * (1 + cv ** 2)) / (2 * (1 - load));
  expectMean(await measured({ tasks: [poisson(load)], times }, meanResponseMs), 1 + waitMs);
});

test("four servers have the mean response of Erlang's C", async () => {
  const offered = 3;
  const waitMs = erlangC(4, offered) / (4 - offered);
  expectMean(await measured({ tasks: [poisson(offered)], servers: 4 }, meanResponseMs), 1 + waitMs);
});

test.each(["refuse", "drop-newest"])(
  "two servers and one place to wait lose the share of M/M/2/3 with %s",
  async (overflow) => {
    const offered = 1.5;
    const places = poisson(offered, `, queue: { limit: 1, overflow: ${overflow} }`);
    const lost = await measured({ tasks: [places], servers: 2 }, ({ metrics }) => {
      return (metrics.dropped as number) / (metrics.released as number);
    });
    expectMean(lost, blocking(2, 3, offered));
  },
);

test("clients that think have the throughput of mean value analysis", async () => {
  const clients = 6;
  const loop = `arrival: { kind: closed, clients: ${clients}, thinkMs: 4, think: exponential }, deadlineMs: none`;
  const throughput = await measured(
    { tasks: [loop] },
    ({ metrics }) => (metrics.completed as number) / (DURATION_MS - 500),
  );
  expectMean(throughput, throughputOf(clients, 4));
});

test("two priorities without preemption wait as Cobham says, with preemption as preempt-resume", async () => {
  const [high, low] = [0.3, 0.4];
  const tasks = [poisson(high, ", priority: 2"), poisson(low, ", priority: 1")];
  const responseOf = (index: number) => (result: Awaited<ReturnType<typeof run>>) =>
    result.tasks[index]!.meanResponseMs as number;
  const residualMs = high + low;
  expectMean(await measured({ tasks, scheduler: "np-hpf" }, responseOf(0)), 1 + residualMs / (1 - high));
  const waitMs = residualMs / ((1 - high) * (1 - high - low));
  expectMean(await measured({ tasks, scheduler: "np-hpf" }, responseOf(1)), 1 + waitMs);
  expectMean(await measured({ tasks, scheduler: "hpf" }, responseOf(0)), 1 / (1 - high));
  expectMean(await measured({ tasks, scheduler: "hpf" }, responseOf(1)), 1 / (1 - high) + waitMs);
});

test("a superposition of Poisson tasks is a Poisson task", async () => {
  const tasks = Array.from({ length: 5 }, () => poisson(0.12));
  expectMean(await measured({ tasks, times: "exact" }, meanResponseMs), 1 + 0.6 / (2 * 0.4));
});

function erlangC(servers: number, offered: number): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < servers; k += 1) {
    sum += term;
    term *= offered / (k + 1);
  }
  const all = (term * servers) / (servers - offered);
  return all / (sum + all);
}

/** P(all places are taken) of M/M/c/K. */
function blocking(servers: number, places: number, offered: number): number {
  const weights = [1];
  for (let k = 1; k <= places; k += 1) weights.push((weights[k - 1]! * offered) / Math.min(k, servers));
  return weights[places]! / weights.reduce((sum, weight) => sum + weight, 0);
}

/** Jobs per ms of a closed system with one server of mean 1 ms. */
function throughputOf(clients: number, thinkMs: number): number {
  let [queue, throughput] = [0, 0];
  for (let n = 1; n <= clients; n += 1) {
    throughput = n / (thinkMs + 1 + queue);
    queue = throughput * (1 + queue);
  }
  return throughput;
}
