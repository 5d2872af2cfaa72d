/**
 * What a run under search will cost at least, whatever is decided from now on: violations that are certain, those that
 * the capacity up to each deadline makes certain, and the least energy of what is left.
 */
import type { View } from "../core/scheduler.ts";
import type { JobAhead } from "./jobs-ahead.ts";
import type { Commitment, Progress } from "./progress.ts";
import type { SearchProblem } from "./search-problem.ts";

export class Bound {
  /** Of each task: what a pJ of its jobs adds to the cost, as the objective counts it. */
  readonly weights: Float64Array;
  readonly #problem: SearchProblem;
  readonly #overheadNs: number;
  /** Measured jobs with a deadline, by task and in all. */
  readonly #withDeadline: Float64Array;
  readonly #allWithDeadline: number;
  /** Numbers of the jobs with a deadline, the earliest first. */
  readonly #byDeadline: readonly number[];
  readonly #laterReleasesNs: readonly number[];
  /** Of each job that has not ended: when it ends at the earliest, and what it still takes where nothing is decided. */
  readonly #doneNs: Float64Array;
  readonly #restNs: Float64Array;
  readonly #startNs: Float64Array;
  readonly #restPj: Float64Array;
  readonly #spentPj: Float64Array;
  readonly #isCommitted: Uint8Array;
  readonly #freeNs: Float64Array;
  readonly #late: Float64Array;

  constructor(problem: SearchProblem) {
    const { ahead, program, objective, context } = problem;
    const { jobs } = ahead;
    this.#problem = problem;
    this.#overheadNs = program.system.decisionOverheadNs ?? 0;
    this.#withDeadline = new Float64Array(program.tasks.length);
    for (const { taskIndex, deadlineNs } of jobs) if (deadlineNs < Infinity) this.#withDeadline[taskIndex]! += 1;
    this.#allWithDeadline = this.#withDeadline.reduce((sum, count) => sum + count, 0);
    this.#byDeadline = [...jobs.keys()]
      .filter((number) => jobs[number]!.deadlineNs < Infinity)
      .sort((a, b) => jobs[a]!.deadlineNs - jobs[b]!.deadlineNs);
    this.#laterReleasesNs = [...new Set(jobs.map(({ startNs }) => startNs))].sort((a, b) => a - b);
    this.weights = weightsOf(jobs, context.tasks.length, objective.family);
    const perJob = () => new Float64Array(jobs.length);
    this.#doneNs = perJob();
    this.#restNs = perJob();
    this.#startNs = perJob();
    this.#restPj = perJob();
    this.#spentPj = perJob();
    this.#isCommitted = new Uint8Array(jobs.length);
    this.#freeNs = new Float64Array(program.system.accelerators.length);
    this.#late = new Float64Array(program.tasks.length);
  }

  /** At least this, at a call of `decide`. */
  least(view: View, progress: Progress): number {
    this.#look(view, progress);
    this.#late.set(progress.violations);
    for (const number of this.#byDeadline) {
      if (progress.hasEnded[number] === 0 && this.#isLate(number)) this.#late[this.#taskOf(number)]! += 1;
    }
    const more = this.#mostRefused(view.nowNs, progress);
    return this.#cost(more, progress);
  }

  /** Of a run in which all jobs have ended: its cost, up to rounding. */
  final(progress: Progress): number {
    this.#late.set(progress.violations);
    return this.#cost(0, progress);
  }

  /** What has been spent, as the objective counts it: energy of live jobs up to the end of their dispatch included. */
  spent(view: View, progress: Progress): number[] {
    const { family } = this.#problem.objective;
    const violations = [...progress.violations];
    if (family === "violations") return [violations.reduce((sum, count) => sum + count, 0)];
    let pj = progress.weightedPj;
    for (const { task, jobIndex, spentPj } of view.readyJobs) pj += this.#weighted(task.index, jobIndex, spentPj);
    for (const { task, jobIndex } of view.runningJobs) {
      const number = this.#problem.ahead.numberOf(task.index, jobIndex);
      pj += this.#weighted(task.index, jobIndex, progress.commitments[number]!.energyPj);
    }
    return family === "energy" ? [pj] : [...violations, pj];
  }

  #weighted(taskIndex: number, jobIndex: number, pj: number): number {
    const { ahead } = this.#problem;
    return ahead.jobs[ahead.numberOf(taskIndex, jobIndex)]!.isMeasured ? pj * this.weights[taskIndex]! : 0;
  }

  #taskOf(number: number): number {
    return this.#problem.ahead.jobs[number]!.taskIndex;
  }

  #isLate(number: number): boolean {
    return this.#doneNs[number]! > this.#problem.ahead.jobs[number]!.deadlineNs;
  }

  /** Earliest ends, parents first. */
  #look(view: View, progress: Progress): void {
    const { ahead } = this.#problem;
    const { nowNs } = view;
    this.#freeNs.fill(nowNs);
    this.#doneNs.fill(Number.NaN);
    for (const job of view.readyJobs) this.#lookAtReady(ahead.numberOf(job.task.index, job.jobIndex), job, nowNs);
    for (const job of view.runningJobs) {
      const number = ahead.numberOf(job.task.index, job.jobIndex);
      const commitment = progress.commitments[number];
      if (commitment === undefined) this.#lookAtRunning(number, job, nowNs);
      else this.#lookAtCommitted(number, commitment);
    }
    for (const [number, job] of ahead.jobs.entries()) {
      if (progress.hasEnded[number] === 0 && Number.isNaN(this.#doneNs[number])) this.#lookAhead(number, job, nowNs);
    }
  }

  #lookAtReady(number: number, job: View["readyJobs"]["first"], nowNs: number): void {
    const { work } = this.#problem.ahead.jobs[number]!;
    const { variantIndex, layerIndex, hasStarted, layerProgress, spentPj } = job;
    const layer = layerProgress > 0 ? work.nextLayer(variantIndex, layerIndex) : layerIndex;
    const ns = hasStarted ? work.restNs(variantIndex, layer) : work.wholeNs;
    const pj = hasStarted ? work.restPj(variantIndex, layer) : work.wholePj;
    this.#set(number, { startNs: nowNs, restNs: ns + this.#overheadNs, restPj: pj, spentPj, isCommitted: 0 });
  }

  /** Its layer may end at any time, as far as this knows. */
  #lookAtRunning(number: number, job: View["runningJobs"][number], nowNs: number): void {
    const { work } = this.#problem.ahead.jobs[number]!;
    const { variantIndex, layerIndex, spentPj } = job;
    const next = work.nextLayer(variantIndex, layerIndex);
    const [restNs, restPj] = [work.restNs(variantIndex, next), work.restPj(variantIndex, next)];
    this.#set(number, { startNs: nowNs, restNs, restPj, spentPj, isCommitted: 0 });
  }

  #lookAtCommitted(number: number, commitment: Commitment): void {
    const { work } = this.#problem.ahead.jobs[number]!;
    const { variantIndex, layerAfter, acceleratorIndex, endNs, energyPj } = commitment;
    this.#freeNs[acceleratorIndex] = endNs;
    const [restNs, restPj] = [work.restNs(variantIndex, layerAfter), work.restPj(variantIndex, layerAfter)];
    const laterNs = restNs > 0 ? restNs + this.#overheadNs : 0;
    this.#set(number, { startNs: endNs, restNs: laterNs, restPj, spentPj: energyPj, isCommitted: 1 });
  }

  #lookAhead(number: number, { startNs, parents, work }: JobAhead, nowNs: number): void {
    let earliestNs = Math.max(nowNs, startNs);
    for (const parent of parents) earliestNs = Math.max(earliestNs, this.#doneNs[parent]! || 0);
    const [restNs, restPj] = [work.wholeNs + this.#overheadNs, work.wholePj];
    this.#set(number, { startNs: earliestNs, restNs, restPj, spentPj: 0, isCommitted: 0 });
  }

  #set(number: number, at: { startNs: number; restNs: number; restPj: number; spentPj: number; isCommitted: 0 | 1 }) {
    this.#startNs[number] = at.startNs;
    this.#restNs[number] = at.restNs;
    this.#doneNs[number] = at.startNs + at.restNs;
    this.#restPj[number] = at.restPj;
    this.#spentPj[number] = at.spentPj;
    this.#isCommitted[number] = at.isCommitted;
  }

  /** Of the jobs that are not certainly late: how many cannot all be met, by the best instant to count from. */
  #mostRefused(nowNs: number, progress: Progress): number {
    if (this.#problem.program.units.some((units) => units > 1)) return 0;
    let most = this.#refusedFrom(nowNs, progress);
    for (const fromNs of this.#laterReleasesNs) {
      if (fromNs > nowNs) most = Math.max(most, this.#refusedFrom(fromNs, progress));
    }
    return most;
  }

  /**
   * Moore and Hodgson: jobs by deadline; where the work up to a deadline exceeds what all accelerators offer by then, the
   * longest is refused. No choice refuses fewer, however the work is cut up and spread.
   */
  #refusedFrom(fromNs: number, progress: Progress): number {
    const taken: number[] = [];
    let workNs = 0;
    let refused = 0;
    for (const number of this.#byDeadline) {
      if (progress.hasEnded[number] === 1 || this.#startNs[number]! < fromNs || this.#isLate(number)) continue;
      taken.push(this.#restNs[number]!);
      workNs += this.#restNs[number]!;
      if (workNs <= this.#offeredNs(fromNs, this.#problem.ahead.jobs[number]!.deadlineNs)) continue;
      const longest = taken.indexOf(Math.max(...taken));
      workNs -= taken[longest]!;
      taken.splice(longest, 1);
      refused += 1;
    }
    return refused;
  }

  #offeredNs(fromNs: number, toNs: number): number {
    let offeredNs = 0;
    for (const freeNs of this.#freeNs) offeredNs += Math.max(0, toNs - Math.max(fromNs, freeNs));
    return offeredNs;
  }

  #cost(more: number, progress: Progress): number {
    const { objective } = this.#problem;
    switch (objective.family) {
      case "violations":
        return this.#violationCost(this.#late.reduce((sum, count) => sum + count, more));
      case "energy":
        return this.#leastWeighted(progress) / 1e9;
      case "uxCostGuarded":
        return this.#rates(more)[more]! * this.#leastWeighted(progress);
      case "uxCost":
        return this.#uxCost(more, progress);
      default:
        return -Infinity;
    }
  }

  #violationCost(violations: number): number {
    const rate = violations / this.#allWithDeadline;
    switch (this.#problem.objective.metric.name) {
      case "violations":
        return violations;
      case "slaSatisfaction":
        return rate - 1;
      default:
        return rate;
    }
  }

  /** The least sum of the tasks' violation rates, with UXCost's floor, by the number of violations more, up to `most`. */
  #rates(most: number): number[] {
    let rate = 0;
    const steps: number[] = [];
    for (const [task, jobs] of this.#withDeadline.entries()) {
      if (jobs === 0) continue;
      const late = this.#late[task]!;
      rate += late === 0 ? 1 / (2 * jobs) : late / jobs;
      for (let i = late; i < Math.min(jobs, late + most); i++) steps.push(i === 0 ? 1 / (2 * jobs) : 1 / jobs);
    }
    steps.sort((a, b) => a - b);
    const rates = [rate];
    for (const step of steps.slice(0, most)) rates.push(rates.at(-1)! + step);
    return rates;
  }

  /** Every job completes where that takes least, or is charged its worst case if that is less. */
  #leastWeighted(progress: Progress): number {
    const canDrop = this.#problem.model.drops === "allowed";
    let weighted = progress.weightedPj;
    for (const [number, { taskIndex, isMeasured, worstPj }] of this.#problem.ahead.jobs.entries()) {
      if (progress.hasEnded[number] === 1 || !isMeasured) continue;
      const completedPj = this.#spentPj[number]! + this.#restPj[number]!;
      const droppedPj = canDrop ? Math.max(this.#spentPj[number]!, worstPj) : Infinity;
      weighted += Math.min(completedPj, droppedPj) * this.weights[taskIndex]!;
    }
    return weighted;
  }

  /** A dropped job takes no more energy. So the more violations, the less energy: the best mixture counts. */
  #uxCost(more: number, progress: Progress): number {
    const canDrop = this.#problem.model.drops === "allowed";
    let weighted = progress.weightedPj;
    const savings: number[] = [];
    for (const [number, { taskIndex, isMeasured, deadlineNs }] of this.#problem.ahead.jobs.entries()) {
      if (progress.hasEnded[number] === 1 || !isMeasured) continue;
      const weight = this.weights[taskIndex]!;
      weighted += this.#spentPj[number]! * weight;
      const restPj = this.#restPj[number]! * weight;
      if (!canDrop) weighted += restPj;
      else if (deadlineNs < Infinity && !this.#isLate(number)) {
        weighted += restPj;
        savings.push(restPj);
      }
    }
    savings.sort((a, b) => b - a);
    const rates = this.#rates(canDrop ? savings.length : more);
    let least = Infinity;
    let saved = 0;
    for (let k = 0; k < rates.length; k++) {
      if (k >= more) least = Math.min(least, rates[k]! * Math.max(0, weighted - saved));
      saved += savings[k] ?? 0;
    }
    return least;
  }
}

/** UXCost divides the energy of a task by the worst case of the same jobs. */
function weightsOf(jobs: readonly JobAhead[], tasks: number, family: string | undefined): Float64Array {
  if (family === "energy") return new Float64Array(tasks).fill(1);
  const worstPj = new Float64Array(tasks);
  for (const { taskIndex, isMeasured, worstPj: pj } of jobs) if (isMeasured) worstPj[taskIndex]! += pj;
  return worstPj.map((pj) => (pj > 0 ? 1 / pj : 0));
}
