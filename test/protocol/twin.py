"""A policy that uses all that there is, and decides as its twin in twin.ts does."""

import math
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../python"))

from rtmm import Choice, Flag, Number, Policy, Text, serve  # noqa: E402


def known(value):
    return value if math.isfinite(value) else 7


class Twin(Policy):
    name = "twin"
    summary = "decides by all that a policy sees"
    source = "this test"
    parameters = [
        Number("salt", "makes it decide otherwise", default=3, min=0, max=100, integer=True),
        Choice("stop", "how it stops", default="drain", choices=["drain", "kill", "checkpoint"]),
        Flag("lateDrop", "whether late jobs are dropped", default=False),
        Text("word", "nothing", default=""),
    ]

    def __init__(self, platform, parameters):
        super().__init__(platform, parameters)
        self.salt = parameters["salt"]
        self.stop = parameters["stop"]
        self.late_drop = parameters["lateDrop"]
        self.count = 0
        self.ended = 0

    def job_released(self, job, now_ns):
        self.ended += job.index + now_ns % 3

    def job_ended(self, job, now_ns, dropped):
        self.ended += 1 if dropped is None else 2

    def orphan_dropped(self, task, index, now_ns):
        self.ended += task.index + index

    def score(self, view, job, accelerator):
        score = known(job.latency_ns(accelerator)) + 2 * known(job.remaining_ns(accelerator))
        score += 3 * known(job.energy_pj(accelerator)) + known(job.remaining_pj(accelerator))
        score += known(job.block_ns(2, accelerator)) + known(job.block_pj(2, accelerator)) + job.tiles(accelerator)
        score += known(job.latency_ns(accelerator, 1)) + known(job.remaining_ns(accelerator, 1))
        score += known(job.mean_latency_ns) + known(job.mean_remaining_ns) + known(job.min_remaining_ns)
        score += job.switch_ns(accelerator) + known(job.switch_pj(accelerator)) + known(job.spent_pj)
        score += job.layer_index + 5 * job.layers_left + 11 * job.layer_progress + job.priority + job.scale
        score += view.now_ns - job.last_ran_ns + known(job.deadline_ns) - job.release_ns + job.variant_index
        score += 0 if job.last_accelerator is None else 13 * (job.last_accelerator.index + 1)
        score += (17 if job.has_started else 0) + (19 if job.can_choose_variant else 0)
        score += known(job.task.isolated_ns(accelerator)) + known(job.task.isolated_pj(accelerator))
        return math.fmod(score, 97 + self.salt)

    def decide(self, view, decisions):
        self.count += 1
        best = None
        for job in view.ready_jobs:
            for accelerator in view.idle_accelerators:
                if job.remaining_ns(accelerator) == math.inf:
                    continue
                score = self.score(view, job, accelerator) + sum(self.running(each) for each in view.running_jobs)
                if best is None or score > best[0]:
                    best = (score, job, accelerator)
        if best is None:
            return
        score, job, accelerator = best
        if job.can_choose_variant and self.count % 3 == 0 and len(job.task.variant_names) > job.variant_index + 1:
            return decisions.choose_variant(job, job.variant_index + 1)
        if self.count % 41 == 0 and not job.has_started:
            return decisions.drop(job)
        units = accelerator.free_units if self.count % 2 == 0 else 1
        if job.remaining_ns(accelerator, units) == math.inf:
            return decisions.run(job, accelerator, layers=1, units=accelerator.free_units)
        decisions.run(job, accelerator, layers=1 + (self.count + self.ended) % 3, units=units)
        decisions.because("highest score", "most", [(job, accelerator, score, {"count": self.count})])

    def running(self, job):
        value = job.running_units + job.accelerator.index + job.layer_end_ns - job.dispatched_ns
        value += (23 if job.is_stopping else 0) + known(job.remaining_now_ns(job.accelerator, job.running_units))
        value += job.progress_now + known(job.mean_remaining_now_ns) + known(job.min_remaining_now_ns)
        return math.fmod(value, 31)

    def preempt(self, view, decisions):
        self.count += 1
        if self.count % 5 == 0:
            decisions.wake_at(view.now_ns + 17)
        if self.count % 4 != 0 or len(view.ready_jobs) == 0 or self.count > 200:
            return
        for job in view.running_jobs:
            able = {"drain": True, "kill": job.accelerator.can_kill, "checkpoint": job.accelerator.can_checkpoint}
            if not job.is_stopping and able[self.stop] and self.running(job) < 20:
                return decisions.preempt(job, self.stop)


if __name__ == "__main__":
    serve(Twin)
