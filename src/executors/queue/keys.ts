/** Names of keys in Redis. Every key expires some time after its owner is gone. */
import type { Build } from "./build.ts";

export const PREFIX = "rtmm";

/** Longer than a server's restart or a laptop's short sleep. A sweep that is away for longer publishes itself again. */
export const LIFETIME_MS = 60_000;
/** Lifetime of a worker's record. */
export const WORKER_LIFETIME_MS = 10_000;
export const HEARTBEAT_MS = 2_000;

/** Sets of the ids of sweeps and workers. Dead ones may be among them. */
export const sweepsKey = `${PREFIX}:sweeps`;
export const workersKey = `${PREFIX}:workers`;

export const sweepKey = (sweep: string): string => `${PREFIX}:sweep:${sweep}`;
/** Hash: content by SHA-256. */
export const filesKey = (sweep: string): string => `${sweepKey(sweep)}:files`;
/** Stream of reports. */
export const reportsKey = (sweep: string): string => `${sweepKey(sweep)}:reports`;
export const workerKey = (worker: string): string => `${PREFIX}:worker:${worker}`;

/** Builds that differ never see each other's jobs. */
export const queueName = ({ version, code }: Build): string => `points-${version}-${code.slice(0, 16)}`;

const parts = ["meta", "id", "events", "wait", "active", "delayed", "failed", "completed", "marker", "stalled", "pc"];

export const jobKey = (queue: string, job: string): string => `${PREFIX}:${queue}:${job}`;

/** All keys of a queue except its jobs and their locks. */
export const queueKeys = (queue: string): readonly string[] => parts.map((part) => jobKey(queue, part));
