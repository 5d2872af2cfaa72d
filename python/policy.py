"""Earliest deadline first, on the accelerator that ends the next layer first."""

from rtmm import Policy, serve


class MyPolicy(Policy):
    name = "my-policy"
    summary = "earliest deadline first, a layer at a time, on the fastest idle accelerator"

    def decide(self, view, decisions):
        for job in sorted(view.ready_jobs, key=lambda job: job.deadline_ns):
            fastest = min(view.idle_accelerators, key=job.latency_ns)
            if job.latency_ns(fastest) < float("inf"):
                return decisions.run(job, fastest, layers=1)


if __name__ == "__main__":
    serve(MyPolicy)
