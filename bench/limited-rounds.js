/** Rounds of a simulation that end after a while, however slow the policy is. */
import { simulate } from "../dist/core/simulate.js";
import { eventHeapLoop } from "./event-heap.js";
import { cpuSeconds } from "./table.js";

const SEED = 1;
/** A round that takes longer stops, and no round starts after that time. */
const LIMIT_S = 5;
/** The clock is read once for so many releases and ends of jobs. */
const CALLS_PER_LOOK = 16;

/**
 * Layers per CPU second of a scheduler's first round and of the best of the later ones, in turn with rounds of a bare event
 * heap. What stopped early has the layers of the jobs that it completed, and no share of the event heap.
 */
export function limitedRounds(program, scheduler, values, rounds) {
  const rates = [];
  let heapSeconds = Infinity;
  let whole;
  const startMs = performance.now();
  do {
    const { totals, layers, seconds } = limitedRound(program, scheduler, values);
    rates.push(layers / seconds);
    whole = totals;
    if (totals === undefined) break;
    heapSeconds = Math.min(
      heapSeconds,
      cpuSeconds(() => eventHeapLoop(totals.events)),
    );
  } while (rates.length < rounds && performance.now() - startMs < LIMIT_S * 1000);
  const [first, ...later] = rates;
  const best = Math.max(...rates);
  return {
    first,
    later: later.length === 0 ? undefined : Math.max(...later),
    best,
    totals: whole,
    heapShare: whole && (heapSeconds * best) / whole.layers,
    note: noteOf(rates.length, rounds, whole),
  };
}

const noteOf = (done, rounds, totals) => {
  if (totals === undefined) return `stopped after ${LIMIT_S} s`;
  return done < rounds ? `${done} of ${rounds} rounds` : "";
};

function limitedRound(program, scheduler, values) {
  const watch = new Watch();
  let totals;
  const seconds = cpuSeconds(() => {
    try {
      totals = simulate(program, watched(scheduler, watch), values, { seed: SEED });
    } catch (error) {
      if (!(error.cause instanceof TimeIsUp)) throw error;
    }
  });
  return { totals, layers: totals?.layers ?? watch.layers, seconds };
}

class TimeIsUp extends Error {}

/** Ends a run that takes too long, and counts what it has done. */
class Watch {
  layers = 0;
  #calls = 0;
  #endMs = performance.now() + LIMIT_S * 1000;

  look() {
    this.#calls += 1;
    if (this.#calls % CALLS_PER_LOOK === 0 && performance.now() > this.#endMs) throw new TimeIsUp();
  }

  ended(job, dropReason) {
    if (dropReason === undefined) this.layers += job.task.layerCosts(job.variantIndex).length;
  }
}

/** The scheduler with a watch at each release and end of a job. Its decisions and what the core knows of them stay. */
function watched(scheduler, watch) {
  return {
    ...scheduler,
    create(...given) {
      const policy = scheduler.create(...given);
      return {
        ...policy,
        jobReleased(...about) {
          watch.look();
          policy.jobReleased?.(...about);
        },
        jobEnded(job, nowNs, dropReason) {
          watch.look();
          watch.ended(job, dropReason);
          policy.jobEnded?.(job, nowNs, dropReason);
        },
      };
    },
  };
}
