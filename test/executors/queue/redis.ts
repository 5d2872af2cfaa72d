/** A private Redis server, and worker processes, for one test file. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { repository } from "../../repository.ts";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) console.warn("redis-server is not installed: tests of the cluster are left out");

export class RedisServer {
  readonly port: number;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, options: readonly string[]) {
    this.port = port;
    this.#options = options;
  }

  /** `options`: of redis-server. */
  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ["--port", `${this.port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    this.#process = spawn("redis-server", [...options, ...this.#options], { stdio: "ignore", cwd: tmpdir() });
    // The first answer, also a refusal, says that it is there.
    await this.#client((client) => client.ping().catch(() => undefined));
  }

  /** At once, and with all that it held: it writes nothing to disk. */
  async stop(): Promise<void> {
    const ended = once(this.#process!, "exit");
    this.#process!.kill("SIGKILL");
    await ended;
  }

  keys(): Promise<string[]> {
    return this.#client((client) => client.keys("*"));
  }

  async #client<Result>(work: (client: Redis) => Promise<Result>): Promise<Result> {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on("error", () => undefined);
    try {
      return await work(client);
    } finally {
      client.disconnect();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

export class WorkerProcess {
  readonly process: ChildProcess;
  /** Where it keeps its files. */
  readonly folder = mkdtempSync(join(tmpdir(), "rtmm-test-"));
  readonly exit: Promise<number | null>;
  stderr = "";

  constructor(url: string, ...options: readonly string[]) {
    const command = [join(repository, "bin/rtmm.js"), "worker", "--queue", url, "-j", "1", "--lock-s", "1", ...options];
    const env = { ...process.env, TMPDIR: this.folder };
    // In a folder that has none of the files.
    this.process = spawn(process.execPath, command, { stdio: ["ignore", "ignore", "pipe"], env, cwd: this.folder });
    this.process.stderr!.on("data", (text) => {
      this.stderr += text;
    });
    this.exit = once(this.process, "exit").then(([code]) => code as number | null);
  }

  async says(text: string): Promise<void> {
    while (!this.stderr.includes(text)) {
      if (this.process.exitCode !== null) throw new Error(`the worker ended without "${text}": ${this.stderr}`);
      await delay(10);
    }
  }

  async stop(): Promise<number | null> {
    this.process.kill("SIGINT");
    return this.exit;
  }
}
