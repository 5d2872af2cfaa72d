/** Records of live sweeps and workers by id. */
import type { Redis } from "ioredis";
import { sweepKey, sweepsKey, workerKey, workersKey } from "./keys.ts";
import type { SweepRecord, WorkerRecord } from "./protocol.ts";

export const liveSweeps = (client: Redis): Promise<ReadonlyMap<string, SweepRecord>> =>
  live(client, sweepsKey, sweepKey);

export const liveWorkers = (client: Redis): Promise<ReadonlyMap<string, WorkerRecord>> =>
  live(client, workersKey, workerKey);

/** Removes the ids whose record has expired. */
async function live<Entry>(client: Redis, set: string, keyOf: (id: string) => string): Promise<Map<string, Entry>> {
  const ids = await client.smembers(set);
  if (ids.length === 0) return new Map();
  const texts = await client.mget(ids.map(keyOf));
  const dead = ids.filter((_, index) => texts[index] === null);
  if (dead.length > 0) await client.srem(set, ...dead);
  return new Map(
    ids.flatMap((id, index): [string, Entry][] => {
      const text = texts[index];
      return text == null ? [] : [[id, JSON.parse(text) as Entry]];
    }),
  );
}
