/** Explains PREMA's decisions: tokens, the threshold, and what orders the candidates. */
import type { AcceleratorView, Candidate, JobList, ReadyJob, Reason, RunningJob } from "../../core/scheduler.ts";
import type { TokenLedger } from "./token-ledger.ts";
import type { TokenQueue } from "./token-queue.ts";

/** The key of the candidates; the least comes first. */
export interface OrderKey {
  /** In words that follow "because of". */
  readonly rule: string;
  readonly term: string;
  /** Of a waiting or running job by now. */
  of(job: ReadyJob): number;
}

const oldest: OrderKey = {
  rule: "oldest job, as no token passes the threshold",
  term: "releaseNs",
  of: (job) => job.releaseNs,
};

export class TokenReasons {
  readonly #ledger: TokenLedger;
  readonly #queue: TokenQueue;
  readonly #key: OrderKey;

  constructor(ledger: TokenLedger, queue: TokenQueue, key: OrderKey) {
    this.#ledger = ledger;
    this.#queue = queue;
    this.#key = key;
  }

  /** Explains the choice that the queue has just made among the eligible jobs. */
  choice(
    jobs: JobList<ReadyJob>,
    isEligible: (job: ReadyJob) => boolean,
    chosen: ReadyJob,
    accelerator: AcceleratorView,
  ): Reason {
    const threshold = this.#queue.threshold();
    const key = this.#passes(chosen, threshold) ? this.#key : oldest;
    const isScored = (job: ReadyJob) => key === oldest || this.#passes(job, threshold);
    const rivals = [...jobs].filter((job) => job !== chosen && isEligible(job));
    const candidates = [chosen, ...rivals].map((job) =>
      candidate(job, { token: this.#ledger.token(job), threshold }, key.term, key.of(job), isScored(job)),
    );
    return { rule: key.rule, best: "least", candidates: [{ ...candidates[0]!, accelerator }, ...candidates.slice(1)] };
  }

  /** Explains why a waiting job is chosen before a running one. */
  outranking(waiting: ReadyJob, running: RunningJob): Reason {
    const threshold = this.#queue.threshold(running);
    const { rule, term, of } = this.#key;
    const runningToken = this.#ledger.runningToken(running);
    const isRunningCandidate = this.#queue.passes(runningToken, threshold);
    const candidates = [
      candidate(waiting, { token: this.#ledger.token(waiting), threshold }, term, of(waiting), true),
      candidate(running, { token: runningToken, threshold }, term, of(running), isRunningCandidate),
    ];
    return { rule: isRunningCandidate ? rule : "running job's token below the threshold", best: "least", candidates };
  }

  #passes(job: ReadyJob, threshold: number): boolean {
    return this.#queue.passes(this.#ledger.token(job), threshold);
  }
}

interface Tokens {
  readonly token: number;
  readonly threshold: number;
}

/** Only jobs whose tokens pass are compared, so only they have a score. */
function candidate(job: ReadyJob, tokens: Tokens, term: string, value: number, isScored: boolean): Candidate {
  return { job, ...(isScored && { score: value }), terms: { ...tokens, [term]: value } };
}
