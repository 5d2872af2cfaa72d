/** Checks a Redis server's version and permissions before anything is sent to it. */
import type { Redis } from "ioredis";
import { PREFIX } from "./keys.ts";

const OLDEST = [6, 2] as const;

/** Writes and runs a script, as queues do. */
const trial = `redis.call("SET", KEYS[1], "", "PX", 1000) return redis.call("DEL", KEYS[1])`;

/** Returns a warning about a usable but badly configured server, or undefined. Throws if the server is unusable. */
export async function checkServer(client: Redis): Promise<string | undefined> {
  const fields = fieldsOf(await client.info());
  const version = fields.get("redis_version") ?? "";
  if (isTooOld(version)) throw new Error(`it is Redis ${version}; a queue needs ${OLDEST.join(".")} or newer`);
  await client.eval(trial, 1, `${PREFIX}:trial`);
  const policy = fields.get("maxmemory_policy") ?? "noeviction";
  if (policy === "noeviction") return undefined;
  return (
    `its maxmemory-policy is ${policy}: when its memory is full it evicts points, which then run again, so sweeps take ` +
    "longer or never end; set it to noeviction"
  );
}

/** Lines such as `redis_version:7.0.15`. */
const fieldsOf = (info: string): ReadonlyMap<string, string> =>
  new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name, value]) => [name!, value!]));

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
