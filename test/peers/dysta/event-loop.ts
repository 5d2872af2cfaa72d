/**
 * A simulator of the Dysta artifact's event loop and of its six policies (docs/references.md#dysta-engine): one
 * accelerator, one choice before every layer.
 *
 * The artifact sets its clock to the arrival of a request that finds no other, even if the request arrived during the
 * layer before: two layers then overlap. With the clock `monotone`, time never goes backwards.
 */

export interface PeerRequest {
  readonly id: number;
  readonly arrivalNs: number;
  readonly deadlineNs: number;
  readonly priority: number;
  readonly layersNs: readonly number[];
}

export type PeerClock = "artifact" | "monotone";

export interface PeerRun {
  /** By request. */
  readonly finishNs: ReadonlyMap<number, number>;
  readonly layers: number;
  readonly clockRewinds: number;
  /** Requests that were not admitted at a choice because they arrived exactly then, while others were active. */
  readonly leftOut: ReadonlySet<number>;
  /** Whether the artifact would have stopped with an error: its selection starts from a score of -1, which one had. */
  readonly isUndefined: boolean;
}

/** A request that was admitted and is not finished. */
interface Active {
  readonly request: PeerRequest;
  readonly isolatedNs: number;
  remainingNs: number;
  layersDone: number;
  /** End of its last layer, or its arrival. */
  lastNs: number;
  token: number | undefined;
}

/** Index of the request whose next layer runs; undefined if the artifact stops with an error. */
type Choose = (active: readonly Active[], nowNs: number) => number | undefined;

export type PeerPolicy = "fcfs" | "sjf" | "prema" | "sdrm3" | "planaria" | "dysta";

/** `requests`: in order of arrival, no two at the same time. */
export function runPeer(requests: readonly PeerRequest[], policy: PeerPolicy, clock: PeerClock): PeerRun {
  const choose = policies[policy];
  const active: Active[] = [];
  const finishNs = new Map<number, number>();
  const leftOut = new Set<number>();
  let [nowNs, next, layers, clockRewinds, isUndefined] = [0, 0, 0, 0, false];

  const admitBefore = (ns: number): void => {
    while (next < requests.length && requests[next]!.arrivalNs < ns) active.push(admitted(requests[next++]!));
  };

  function admit(): void {
    if (active.length > 0 || clock === "monotone") admitBefore(nowNs);
    if (active.length > 0) {
      if (requests[next]?.arrivalNs === nowNs) leftOut.add(requests[next]!.id);
      return;
    }
    const { arrivalNs } = requests[next]!;
    if (arrivalNs < nowNs) clockRewinds += 1;
    nowNs = arrivalNs;
    active.push(admitted(requests[next++]!));
  }

  function runLayer(index: number): void {
    const chosen = active[index]!;
    const layerNs = nextLayerNs(chosen);
    nowNs += layerNs;
    chosen.remainingNs -= layerNs;
    chosen.layersDone += 1;
    chosen.lastNs = nowNs;
    layers += 1;
    if (chosen.layersDone < chosen.request.layersNs.length) return;
    finishNs.set(chosen.request.id, nowNs);
    active.splice(index, 1);
  }

  while (next < requests.length || active.length > 0) {
    admit();
    const index = choose(active, nowNs);
    if (index === undefined) isUndefined = true;
    runLayer(index ?? 0);
  }
  return { finishNs, layers, clockRewinds, leftOut, isUndefined };
}

function admitted(request: PeerRequest): Active {
  const isolatedNs = request.layersNs.reduce((sum, ns) => sum + ns, 0);
  const { arrivalNs } = request;
  return { request, isolatedNs, remainingNs: isolatedNs, layersDone: 0, lastNs: arrivalNs, token: undefined };
}

const nextLayerNs = ({ request, layersDone }: Active): number => request.layersNs[layersDone]!;
const slackNs = ({ request }: Active, nowNs: number): number => request.deadlineNs - nowNs;
const waitNs = ({ lastNs }: Active, nowNs: number): number => nowNs - lastNs;

const policies: Readonly<Record<PeerPolicy, Choose>> = {
  fcfs: () => 0,
  sjf: (active) => firstLeast(active, ({ remainingNs }) => remainingNs),
  prema: (active, nowNs) => {
    const threshold = updatedThreshold(active, nowNs);
    return firstLeast(active, ({ token, remainingNs }) => (token! >= threshold ? remainingNs : Infinity));
  },
  sdrm3: (active, nowNs) => {
    const urgency = (each: Active) => Math.min(1, urgencyOf(each.remainingNs, slackNs(each, nowNs)));
    return lastReplacing(active.map((each) => urgency(each) + waitNs(each, nowNs) / nextLayerNs(each)));
  },
  // In 1/ms, because the selection compares with -1.
  planaria: (active, nowNs) =>
    lastReplacing(active.map((each) => each.request.priority / (slackNs(each, nowNs) / NS_PER_MS))),
  dysta: (active, nowNs) => firstLeast(active, (each) => dystaValue(each, nowNs, active.length)),
};

const NS_PER_MS = 1e6;

/** No slack at all is the highest urgency there is. */
const urgencyOf = (remainingNs: number, slackNs: number): number => (slackNs === 0 ? 1 : remainingNs / slackNs);

/** Adds to the tokens of requests that were there at an earlier choice. Only these tokens count for the threshold. */
function updatedThreshold(active: readonly Active[], nowNs: number): number {
  let highest = 0;
  for (const each of active) {
    if (each.token === undefined) {
      each.token = each.request.priority;
      continue;
    }
    each.token += each.request.priority * (waitNs(each, nowNs) / each.isolatedNs);
    highest = Math.max(highest, each.token);
  }
  return highest >= 9 ? 9 : highest >= 3 ? 3 : 1;
}

/** Adds a time in ms and a ratio, as the artifact does. */
function dystaValue(each: Active, nowNs: number, count: number): number {
  const remainingMs = each.remainingNs / NS_PER_MS;
  const urgencyMs = Math.max(0, slackNs(each, nowNs) - each.remainingNs) / NS_PER_MS;
  const penalty = waitNs(each, nowNs) / each.isolatedNs / count;
  return remainingMs + 0.01 * (urgencyMs + penalty);
}

/** Ties go to the earlier arrival. */
function firstLeast(active: readonly Active[], scoreOf: (each: Active) => number): number {
  const values = active.map(scoreOf);
  return values.indexOf(Math.min(...values));
}

/**
 * The selection of sdrm3 and planaria. Among scores of at least 0 the largest wins, and ties go to the earlier arrival.
 * While the best score is negative, every later request replaces it unless the scores are equal.
 */
function lastReplacing(scores: readonly number[]): number | undefined {
  let best = -1;
  let chosen: number | undefined;
  for (const [index, score] of scores.entries()) {
    if (best >= 0 && best > score) continue;
    if (best === score) {
      if (chosen === undefined) return undefined;
      continue;
    }
    chosen = index;
    best = score;
  }
  return chosen;
}
