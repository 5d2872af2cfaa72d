// @ts-check
/**
 * A policy of your own: earliest deadline first, among the jobs that can still be in time.
 *
 * rtmm calls `decide` while a job is ready and an accelerator is idle, and again after each call that decided something.
 * All times are in ns. For an editor to check this file, install rtmm beside it: npm install --save-dev rtmm
 *
 * @type {import("rtmm").Scheduler}
 */
const mine = {
  name: "mine",
  summary: "earliest deadline first among the jobs that can still be in time",
  source: "own work",
  // Shown by `rtmm show ./scheduler.mjs`, set by `-p reserve=0.1`, searched by `rtmm tune`.
  parameters: [
    {
      kind: "number",
      name: "reserve",
      summary: "time to spare, as a share of what is left",
      default: 0,
      min: 0,
      max: 1,
    },
  ],
  create: (_platform, { reserve }) => ({
    lateDrop: true, // a job whose deadline has passed is dropped, unless it runs
    decide(view, decisions) {
      const able = [...view.readyJobs].filter((job) => fastest(view, job).ns < Infinity);
      const inTime = able.filter((job) => view.nowNs + job.minRemainingNs * (1 + Number(reserve)) <= job.deadlineNs);
      const [job] = (inTime.length > 0 ? inTime : able).sort((a, b) => a.deadlineNs - b.deadlineNs);
      if (job === undefined) return; // wait for the next event
      // A layer at a time, so that a more urgent job need not wait for a whole network.
      decisions.run(job, fastest(view, job).accelerator, { layers: 1 });
    },
  }),
};

/**
 * The idle accelerator that ends what is left of a job first. It takes `Infinity` if it cannot run the job.
 *
 * @param {import("rtmm").View} view
 * @param {import("rtmm").ReadyJob} job
 */
function fastest(view, job) {
  const times = view.idleAccelerators.map((accelerator) => ({ accelerator, ns: job.remainingNs(accelerator) }));
  return times.reduce((best, each) => (each.ns < best.ns ? each : best));
}

export default mine;
