/** Redis servers that ask for a password, would not do, or are not there. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith } from "../../cli/call.ts";
import { hasRedis, RedisServer } from "./redis.ts";

describe.skipIf(!hasRedis)("a server with a password", { timeout: 20_000 }, () => {
  test("refuses another one, without showing it", async () => {
    const redis = await RedisServer.start("--requirepass", "right");
    try {
      for (const [secret, reason] of [
        ["user:wrongsecret@", "wrong user or password"],
        ["", "requires a password"],
      ] as const) {
        const called = await call(["worker", "--queue", `redis://${secret}127.0.0.1:${redis.port}`]);
        expect(called.code).toBe(2);
        expect(called.stderr).toContain(`no queue at 127.0.0.1:${redis.port}: `);
        expect(called.stderr).toContain(reason);
        expect(called.stderr).not.toContain("wrongsecret");
      }
    } finally {
      await redis.stop();
    }
  });

  test("takes the right one from the URL and from REDISCLI_AUTH", async () => {
    const redis = await RedisServer.start("--requirepass", "right");
    try {
      const idle = ["--exit-when-idle", "0.1", "-j", "1"];
      const url = await call(["worker", "--queue", `redis://:right@127.0.0.1:${redis.port}`, ...idle]);
      expect(url.code).toBe(0);
      const variable = await call(["worker", "--queue", redis.url, ...idle], { env: { REDISCLI_AUTH: "right" } });
      expect(variable.code).toBe(0);
    } finally {
      await redis.stop();
    }
  });
});

describe.skipIf(!hasRedis)("a server that would not do", { timeout: 20_000 }, () => {
  const idle = ["--exit-when-idle", "0.1", "-j", "1"];

  test("is refused where its user may not write", async () => {
    const redis = await RedisServer.start("--user", "few", "on", ">secret", "~rtmm:*", "+@all", "-@write");
    try {
      const called = await call(["worker", "--queue", `redis://few:secret@127.0.0.1:${redis.port}`, ...idle]);
      expect([called.code, called.stderr]).toEqual([
        2,
        `error: no queue at 127.0.0.1:${redis.port}: the user lacks permissions that a queue needs (docs/cluster.md, Security)\n`,
      ]);
    } finally {
      await redis.stop();
    }
  });

  test("is named where it may forget points", async () => {
    const redis = await RedisServer.start("--maxmemory-policy", "allkeys-lru");
    try {
      const called = await call(["worker", "--queue", redis.url, ...idle]);
      expect(called.code).toBe(0);
      expect(called.stderr.match(/maxmemory-policy is allkeys-lru: .*; set it to noeviction\n/g)).toHaveLength(1);
    } finally {
      await redis.stop();
    }
  });
});

test("a worker says which server is not there", async () => {
  const called = await call(["worker", "--queue", "redis://u:secret@127.0.0.1:1"]);
  expect(called).toMatchObject({ code: 2 });
  expect(called.stderr).toBe("error: no queue at 127.0.0.1:1: nothing listens there (connection refused)\n");
});

test("a worker needs a queue", async () => {
  const called = await call(["worker"], { cwd: join(folderWith({})) });
  expect(called.code).toBe(2);
  expect(called.stderr).toContain("--queue");
});
