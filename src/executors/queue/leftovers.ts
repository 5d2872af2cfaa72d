/** Deletes a queue's own keys from Redis when it is no longer in use. */
import type { Redis } from "ioredis";
import { jobKey, queueKeys, sweepsKey } from "./keys.ts";

/** A single script, so that no sweep can start between the check and the deletion. */
const script = `
if redis.call("SCARD", KEYS[1]) + redis.call("LLEN", KEYS[2]) + redis.call("LLEN", KEYS[3]) == 0 then
  redis.call("DEL", unpack(KEYS, 4))
end`;

export async function removeLeftovers(client: Redis, queue: string): Promise<void> {
  const keys = [sweepsKey, jobKey(queue, "wait"), jobKey(queue, "active"), ...queueKeys(queue)];
  await client.eval(script, keys.length, ...keys);
}
