/** Takes what a queue keeps for itself out of Redis when nobody uses it any more. */
import type { Redis } from "ioredis";
import { jobKey, queueKeys, sweepsKey } from "./keys.ts";

/** In one go, so that no sweep can begin in between. */
const script = `
if redis.call("SCARD", KEYS[1]) + redis.call("LLEN", KEYS[2]) + redis.call("LLEN", KEYS[3]) == 0 then
  redis.call("DEL", unpack(KEYS, 4))
end`;

export async function removeLeftovers(client: Redis, queue: string): Promise<void> {
  const keys = [sweepsKey, jobKey(queue, "wait"), jobKey(queue, "active"), ...queueKeys(queue)];
  await client.eval(script, keys.length, ...keys);
}
