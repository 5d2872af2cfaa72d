"""Scheduling policies for rtmm in Python. One file, no dependencies, Python 3.9 or newer.

    from rtmm import Policy, serve

    class Mine(Policy):
        name = "mine"
        summary = "earliest deadline first, a layer at a time"

        def decide(self, view, decisions):
            job = min(view.ready_jobs, key=lambda job: job.deadline_ns)
            decisions.run(job, view.idle_accelerators[0], layers=1)

    if __name__ == "__main__":
        serve(Mine)

`rtmm run vr-gaming -s 'exec:python3 mine.py'` runs it. rtmm's docs/protocol.md has the messages, docs/schedulers.md the
contract: the names are the same, in Python's spelling. All times are ns, all energies pJ. At the end of this file, `Env`
turns rtmm into an environment for learning.
"""

import json
import math
import os
import sys
import traceback

PROTOCOL = 1

_dumps = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class Number:
    """A parameter that is a number. `rtmm tune` searches one that has a minimum and a maximum."""

    def __init__(self, name, summary, default, min=None, max=None, integer=False):
        self.declaration = {"kind": "number", "name": name, "summary": summary, "default": default}
        for key, value in (("min", min), ("max", max)):
            if value is not None:
                self.declaration[key] = value
        if integer:
            self.declaration["isInteger"] = True


class Choice:
    """A parameter that is one of several words."""

    def __init__(self, name, summary, default, choices):
        self.declaration = {
            "kind": "choice",
            "name": name,
            "summary": summary,
            "default": default,
            "choices": list(choices),
        }


class Flag:
    """A parameter that is true or false."""

    def __init__(self, name, summary, default):
        self.declaration = {"kind": "boolean", "name": name, "summary": summary, "default": default}


class Text:
    """A parameter that the policy reads itself."""

    def __init__(self, name, summary, default):
        self.declaration = {"kind": "text", "name": name, "summary": summary, "default": default}


class Policy:
    """A policy. rtmm makes one object for each run, so memory never outlives it.

    Override `decide`, and what else you need. `self.platform` and `self.parameters` are there from the beginning.
    """

    name = None
    summary = "a policy in Python"
    source = "own work"
    parameters = ()
    #: Whether rtmm drops a job that has not started when its deadline has passed.
    late_drop = True

    def __init__(self, platform, parameters):
        self.platform = platform
        self.parameters = parameters

    def decide(self, view, decisions):
        """Called while a job is ready and an accelerator is idle. Deciding nothing means to wait."""
        raise NotImplementedError

    # `preempt(self, view, decisions)`: define it to be asked, once an instant, what to stop.

    def job_released(self, job, now_ns):
        """A job has been released. Told before the next call."""

    def job_ended(self, job, now_ns, dropped):
        """A job has ended: `dropped` is None for one that was completed, else the reason."""

    def orphan_dropped(self, task, index, now_ns):
        """A dependent job was dropped before it was ready."""

    def run_ended(self):
        """The run is over."""


class Accelerator:
    """An accelerator. `free_units` is that of the present call."""

    __slots__ = ("index", "id", "units", "can_checkpoint", "can_kill", "free_units", "_column")

    def __init__(self, index, record, column):
        self.index = index
        self.id = record["id"]
        self.units = record["units"]
        self.can_checkpoint = record["canCheckpoint"]
        self.can_kill = record["canKill"]
        self.free_units = self.units
        self._column = column

    def __repr__(self):
        return f"<accelerator {self.id}>"


def _time(value):
    return math.inf if value is None else value


def _energy(value):
    return math.nan if value is None else value


class _Costs:
    """The costs of a variant's layers, by layer and column."""

    def __init__(self, record):
        self.latency = [[_time(value) for value in row] for row in record["latencyNs"]]
        self.energy = [[_energy(value) for value in row] for row in record["energyPj"]]
        self.tiles = record["tiles"]
        self.remaining = [[_time(value) for value in row] for row in record["remainingNs"]]
        self.remaining_energy = [[_energy(value) for value in row] for row in record["remainingPj"]]
        self.mean = [_time(value) for value in record["meanLatencyNs"]]
        self.least = [_time(value) for value in record["minLatencyNs"]]
        self.mean_remaining = [_time(value) for value in record["meanRemainingNs"]]
        self.min_remaining = [_time(value) for value in record["minRemainingNs"]]


class _Variant:
    def __init__(self, record, costs):
        self.name = record["name"]
        self.costs = costs[record["costs"]]
        self.isolated_ns = [_time(value) for value in record["isolatedNs"]]
        self.isolated_pj = [_energy(value) for value in record["isolatedPj"]]


class Task:
    """A task: what releases jobs."""

    def __init__(self, index, record, costs):
        self.index = index
        self.id = record["id"]
        self.model = record["model"]
        self.priority = record["priority"]
        self.rate_per_s = record["ratePerS"]
        self.deadline_ns = _time(record["deadlineNs"])
        self.parents = record["parents"]
        self.children = record["children"]
        self.probability = record["probability"]
        self._variants = [_Variant(each, costs) for each in record["variants"]]
        self.variant_names = [each.name for each in self._variants]

    def isolated_ns(self, accelerator, variant=0):
        """Expected time of a whole job alone on an accelerator."""
        return self._variants[variant].isolated_ns[accelerator.index]

    def isolated_pj(self, accelerator, variant=0):
        """Expected energy of the same; nan if it is not known."""
        return self._variants[variant].isolated_pj[accelerator.index]

    def __repr__(self):
        return f"<task {self.id}>"


class Platform:
    """What does not change during a run."""

    def __init__(self, record):
        columns = [0]
        for each in record["accelerators"]:
            columns.append(columns[-1] + each["units"])
        self.accelerators = [Accelerator(i, each, columns[i]) for i, each in enumerate(record["accelerators"])]
        costs = [_Costs(each) for each in record["costs"]]
        self.tasks = [Task(i, each, costs) for i, each in enumerate(record["tasks"])]


def _less(whole, progress, layer):
    return whole if progress == 0 or whole == math.inf else whole - progress * layer


class Job:
    """A job as of the present call. `units` left out means all units of the accelerator."""

    __slots__ = (
        "slot", "task", "index", "release_ns", "deadline_ns", "priority", "scale", "layer_index", "layers_left",
        "layer_progress", "last_ran_ns", "last_accelerator", "variant_index", "can_choose_variant", "has_started",
        "accelerator", "running_units", "dispatched_ns", "layer_end_ns", "is_stopping", "data", "_costs", "_link",
        "_order",
    )  # fmt: skip

    def __init__(self, event, platform, link):
        self.slot = event["job"]
        self.task = platform.tasks[event["task"]]
        self.index = event["index"]
        self.release_ns = event["releaseNs"]
        self.deadline_ns = _time(event["deadlineNs"])
        self.priority = event["priority"]
        self.scale = event.get("scale", 1)
        self.layer_index = 0
        self.layer_progress = 0
        self.last_ran_ns = self.release_ns
        #: The accelerator that ran it last, or None.
        self.last_accelerator = None
        self.variant_index = 0
        self.can_choose_variant = True
        self.has_started = False
        #: The accelerator that it runs on; None while it waits.
        self.accelerator = None
        self.running_units = 0
        self.dispatched_ns = 0
        self.layer_end_ns = 0
        self.is_stopping = False
        #: For the policy's own use.
        self.data = None
        self._costs = self.task._variants[0].costs
        self.layers_left = len(self._costs.latency)
        self._link = link
        self._order = (self.release_ns, self.task.index, self.index)

    def _column(self, accelerator, units):
        return accelerator._column + (accelerator.units if units is None else units) - 1

    def latency_ns(self, accelerator, units=None):
        """Time of the whole next (or running) layer; inf if the accelerator cannot run it."""
        return self._costs.latency[self.layer_index][self._column(accelerator, units)] * self.scale

    def energy_pj(self, accelerator, units=None):
        """Energy of the same; nan if it is not known."""
        return self._costs.energy[self.layer_index][self._column(accelerator, units)] * self.scale

    def tiles(self, accelerator, units=None):
        """Tiles of the same, at whose ends it can stop; 0: it can stop at any time."""
        return self._costs.tiles[self.layer_index][self._column(accelerator, units)]

    def remaining_ns(self, accelerator, units=None):
        """Time of all that is left on one accelerator, less kept progress."""
        column = self._column(accelerator, units)
        costs, at = self._costs, self.layer_index
        return _less(costs.remaining[at][column], self.layer_progress, costs.latency[at][column]) * self.scale

    def remaining_pj(self, accelerator, units=None):
        """Energy of the same."""
        column = self._column(accelerator, units)
        costs, at = self._costs, self.layer_index
        return _less(costs.remaining_energy[at][column], self.layer_progress, costs.energy[at][column]) * self.scale

    def block_ns(self, layers, accelerator, units=None):
        """Time of the next so many layers, or of all that are left if there are fewer."""
        return self._block(layers, accelerator, units, self._costs.latency, self.remaining_ns)

    def block_pj(self, layers, accelerator, units=None):
        """Energy of the same."""
        return self._block(layers, accelerator, units, self._costs.energy, self.remaining_pj)

    def _block(self, layers, accelerator, units, table, whole):
        if layers >= self.layers_left:
            return whole(accelerator, units)
        column, at = self._column(accelerator, units), self.layer_index
        total = sum(row[column] for row in table[at : at + layers])
        return _less(total, self.layer_progress, table[at][column]) * self.scale

    @property
    def mean_latency_ns(self):
        """Time of the next layer, mean over the accelerators that can run it."""
        return self._costs.mean[self.layer_index] * self.scale

    @property
    def mean_remaining_ns(self):
        """Time of all that is left, each layer at its mean over the accelerators."""
        costs, at = self._costs, self.layer_index
        return _less(costs.mean_remaining[at], self.layer_progress, costs.mean[at]) * self.scale

    @property
    def min_remaining_ns(self):
        """Time of all that is left, each layer on its fastest accelerator."""
        costs, at = self._costs, self.layer_index
        return _less(costs.min_remaining[at], self.layer_progress, costs.least[at]) * self.scale

    @property
    def isolated_ns(self):
        """Time of a whole job of this variant on its fastest single accelerator."""
        return min(self.task._variants[self.variant_index].isolated_ns) * self.scale

    # What only the simulation knows is asked for: each call is a message and its answer.

    def switch_ns(self, accelerator):
        """Time to bring its activations, and the weights of its next layer, to an accelerator now."""
        return _time(self._link.ask(self, "switchNs", accelerator))

    def switch_pj(self, accelerator):
        """Energy of the same."""
        return _energy(self._link.ask(self, "switchPj", accelerator))

    def remaining_now_ns(self, accelerator, units=None):
        """`remaining_ns`; of a running job less the finished part of its layer."""
        return _time(self._link.ask(self, "remainingNowNs", accelerator, units))

    @property
    def mean_remaining_now_ns(self):
        return _time(self._link.ask(self, "meanRemainingNowNs"))

    @property
    def min_remaining_now_ns(self):
        return _time(self._link.ask(self, "minRemainingNowNs"))

    @property
    def progress_now(self):
        """Share of the running layer that is done now, 0 to 1."""
        return self._link.ask(self, "progressNow")

    @property
    def spent_pj(self):
        """Energy of its work so far."""
        return _energy(self._link.ask(self, "spentPj"))

    def __repr__(self):
        return f"<job {self.index} of task {self.task.id}>"


_PLAIN = {
    "left": "layers_left",
    "progress": "layer_progress",
    "lastRanNs": "last_ran_ns",
    "units": "running_units",
    "dispatchedNs": "dispatched_ns",
    "layerEndNs": "layer_end_ns",
    "stopping": "is_stopping",
    "started": "has_started",
    "canChooseVariant": "can_choose_variant",
    "layer": "layer_index",
}


class View:
    """What a policy sees in a call.

    `ready_jobs` is ordered by release, task and job, so the first least one wins (`min` does that). It is never empty in
    `decide`, and `idle_accelerators` is not either.
    """

    def __init__(self, platform):
        self.now_ns = 0
        self.accelerators = platform.accelerators
        self.idle_accelerators = list(platform.accelerators)
        self.ready_jobs = []
        self.running_jobs = []


class Decisions:
    """What a policy decides in a call, in order."""

    __slots__ = ("list", "explains")

    def __init__(self):
        self.list = []
        #: Whether anybody listens to reasons.
        self.explains = False

    def run(self, job, accelerator, layers=None, units=None):
        """Runs a ready job; by default all that is left of it, on all units."""
        decision = {"run": job.slot, "on": accelerator.index}
        if layers is not None:
            decision["layers"] = layers
        if units is not None:
            decision["units"] = units
        self.list.append(decision)

    def drop(self, job):
        """Drops a ready job."""
        self.list.append({"drop": job.slot})

    def choose_variant(self, job, variant):
        """Sets the variant of a job that has not started, or is at a switch point."""
        self.list.append({"chooseVariant": job.slot, "variant": variant})

    def preempt(self, job, how):
        """Stops a running job: "checkpoint", "kill" or "drain"."""
        self.list.append({"preempt": job.slot, "how": how})

    def wake_at(self, time_ns):
        """Requests a call at a time in the future."""
        self.list.append({"wakeAt": time_ns})

    def because(self, rule, best=None, candidates=()):
        """Why the last decision was made. `candidates`: (job, accelerator or None, score or None, terms or None)."""
        if not self.explains:
            return
        reason = {"rule": rule, "candidates": [_candidate(*each) for each in candidates]}
        if best is not None:
            reason["best"] = best
        self.list.append({"because": reason})


def _candidate(job, accelerator=None, score=None, terms=None):
    record = {"job": job.slot}
    if accelerator is not None:
        record["accelerator"] = accelerator.index
    if score is not None and math.isfinite(score):
        record["score"] = score
    if terms is not None:
        record["terms"] = {name: value for name, value in terms.items() if math.isfinite(value)}
    return record


class _Link:
    """The lines to rtmm and from it."""

    def __init__(self, source, target):
        self._source = source
        self._target = target

    def receive(self):
        line = self._source.readline()
        return json.loads(line) if line else None

    def send(self, answer):
        data = _dumps(answer).encode() + b"\n"
        while data:
            data = data[os.write(self._target, data) :]

    def ask(self, job, what, accelerator=None, units=None):
        question = {"job": job.slot, "what": what}
        if accelerator is not None:
            question["accelerator"] = accelerator.index
        if units is not None:
            question["units"] = units
        self.send({"ask": [question]})
        return self.receive()["values"][0]


class _Run:
    """One run: the state of its jobs, as the messages tell it."""

    def __init__(self, link, platform, policy):
        self.policy = policy
        self._link = link
        self._platform = platform
        self._accelerators = platform.accelerators
        self._jobs = {}
        self._view = View(platform)

    def take(self, message):
        """Brings the view up to date."""
        view = self._view
        events = message.get("events")
        if events is not None:
            for event in events:
                self._happened(event)
        changes = message.get("jobs")
        if changes is not None:
            for change in changes:
                self._changed(change)
        running = message.get("running")
        if running is not None:
            view.running_jobs = [self._jobs[slot] for slot in running]
        free = message.get("free")
        if free is not None:
            for accelerator, units in zip(self._accelerators, free):
                accelerator.free_units = units
            view.idle_accelerators = [each for each in self._accelerators if each.free_units > 0]
        view.now_ns = message.get("nowNs", view.now_ns)
        return view

    def _happened(self, event):
        kind = event["event"]
        if kind == "released":
            job = Job(event, self._platform, self._link)
            self._jobs[job.slot] = job
            self._wait(job)
            self.policy.job_released(job, event["nowNs"])
        elif kind == "ended":
            job = self._jobs.pop(event["job"])
            self._forget(job)
            self.policy.job_ended(job, event["nowNs"], event.get("dropped"))
        else:
            self.policy.orphan_dropped(self._platform.tasks[event["task"]], event["index"], event["nowNs"])

    def _changed(self, change):
        job = self._jobs[change["job"]]
        for key, value in change.items():
            if key in _PLAIN:
                setattr(job, _PLAIN[key], value)
            elif key == "on":
                self._move(job, value)
            elif key == "variant":
                job.variant_index = value
                job._costs = job.task._variants[value].costs
            elif key == "last":
                job.last_accelerator = None if value < 0 else self._accelerators[value]

    def _move(self, job, on):
        self._forget(job)
        if on < 0:
            job.accelerator = None
            job.is_stopping = False
            self._wait(job)
        else:
            job.accelerator = self._accelerators[on]

    def _forget(self, job):
        if job.accelerator is None:
            self._view.ready_jobs.remove(job)

    def _wait(self, job):
        ready, order = self._view.ready_jobs, job._order
        at = len(ready)
        while at > 0 and ready[at - 1]._order > order:
            at -= 1
        ready.insert(at, job)


def _own_files():
    """The modules beside the script, which are part of the policy."""
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    folder = os.path.dirname(os.path.abspath(main)) if main else None
    paths = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted({path for path in paths if folder and path and os.path.dirname(os.path.abspath(path)) == folder})


def _hello(policy):
    return {
        "protocol": PROTOCOL,
        "name": policy.name or policy.__name__.lower(),
        "summary": policy.summary,
        "source": policy.source,
        "parameters": [each.declaration for each in policy.parameters],
        "files": _own_files(),
    }


def _error_text(error):
    """What is wrong, and the line of the policy that it is about."""
    last = traceback.extract_tb(error.__traceback__)
    place = next((f" ({each.filename}:{each.lineno})" for each in reversed(last) if each.filename != __file__), "")
    return f"{type(error).__name__}: {error}{place}"


def serve(policy):
    """Talks to rtmm until it is done. `policy`: the class, or a function (platform, parameters) with its attributes."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.dup(1)
    # What the policy prints must not get between the answers.
    os.dup2(2, 1)
    link = _Link(source, target)
    platform = None
    run = None
    decisions = Decisions()
    while True:
        message = link.receive()
        if message is None:
            return
        what = message["message"]
        try:
            if what == "decide" or what == "preempt":
                view = run.take(message)
                decisions.list = []
                decisions.explains = "explains" in message
                getattr(run.policy, what)(view, decisions)
                link.send({"decisions": decisions.list})
            elif what == "start":
                if "platform" in message:
                    platform = Platform(message["platform"])
                for each in platform.accelerators:
                    each.free_units = each.units
                run = _Run(link, platform, policy(platform, message["parameters"]))
                link.send({"lateDrop": run.policy.late_drop, "preempt": hasattr(run.policy, "preempt")})
            elif what == "end":
                run.take(message)
                run.policy.run_ended()
                link.send({})
            else:
                link.send(_hello(policy))
        except Exception as error:
            traceback.print_exc()
            link.send({"error": _error_text(error)})


# An environment for learning, in the shape of Gymnasium's (https://gymnasium.farama.org), without needing it.


class Discrete:
    """Actions 0 to n - 1."""

    def __init__(self, n, random=None):
        self.n = n
        self._random = random or __import__("random").Random(0)

    def sample(self):
        return self._random.randrange(self.n)

    def contains(self, action):
        return 0 <= action < self.n


class Box:
    """Observations: lists of numbers in this shape."""

    def __init__(self, shape, low=-math.inf, high=math.inf):
        self.shape = shape
        self.low = low
        self.high = high


#: What an observation says of each candidate, in this order. Times are ms.
FEATURES = ("present", "deadline", "slack", "remaining", "age", "waited", "latency", "priority")


class Env:
    """A scheduler's decisions as an environment: one episode is one run of a scenario.

    The observation has a row for each of the first `candidates` ready jobs that an idle accelerator can run, in order of
    release, with `FEATURES` as columns; rows without a job are zeros. The action is the row of the job that runs, on the
    idle accelerator that ends it first; `layers` at a time, by default all. A row without a job counts as row 0.

    The reward is minus the number of jobs that were late or dropped since the last step. `info["ended"]` has them one by
    one: the task, whether the job was in time, and the step that dispatched it last (None: none did).

        env = Env("vr-gaming", seeds=range(1, 51))
        observation, info = env.reset()
        while True:
            observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
            if terminated:
                observation, info = env.reset()

    rtmm runs as a child of this process: one for all seeds, which follow each other as `reset` is called, and begin again
    after the last one.
    """

    metadata = {"render_modes": []}
    render_mode = None

    def __init__(self, scenario, system=None, seeds=range(1, 101), candidates=8, layers=None, options=(), rtmm=None):
        self.action_space = Discrete(candidates)
        self.observation_space = Box((candidates, len(FEATURES)))
        self._seeds = list(seeds)
        if self._seeds != list(range(self._seeds[0], self._seeds[0] + len(self._seeds))):
            raise ValueError("seeds follow each other, such as range(1, 101)")
        self._candidates = candidates
        self._layers = layers
        self._command = list(rtmm) if rtmm else _rtmm_command()
        self._arguments = [scenario, *(["-S", system] if system else []), *options]
        self._child = None
        self._link = None
        self._run = None
        self._steps = 0

    def reset(self, *, seed=None, options=None):
        """Begins the run of the next seed; `seed`: goes on from this one."""
        if seed is not None:
            self.close()
            self._seeds = [seed + i for i in range(len(self._seeds))]
        if self._run is not None:
            self._finish()
        self._steps = 0
        self._begin()
        observation, _, terminated, _, info = self._until_asked()
        if terminated:
            raise RuntimeError("the run has no decision to make")
        return observation, info

    def step(self, action):
        """Runs the job of a row. Returns observation, reward, terminated, truncated, info."""
        if self._run is None:
            raise RuntimeError("the run is over: call reset()")
        self._answer(int(action))
        return self._until_asked()

    def close(self):
        """Ends rtmm."""
        child, self._child, self._run = self._child, None, None
        if child is not None:
            child.kill()
            child.wait()
            self._link.close()

    def render(self):
        return None

    # The conversation.

    def _begin(self):
        while True:
            if self._child is None:
                self._start_child()
            message = self._receive()
            if message is None:
                # All seeds have run.
                self._child = None
                continue
            if message["message"] == "hello":
                self._link.send(_hello(_Learner))
            else:
                if "platform" in message:
                    self._platform = Platform(message["platform"])
                self._run = _Run(self._link, self._platform, _Learner(self._platform, message["parameters"]))
                return self._link.send({"lateDrop": True, "preempt": False})

    def _start_child(self):
        import subprocess
        import tempfile

        folder = tempfile.mkdtemp(prefix="rtmm-env-")
        paths = [os.path.join(folder, name) for name in ("to-policy", "from-policy")]
        for path in paths:
            os.mkfifo(path)
        # Both ends are opened here, so that no open waits for the other side. Its end of the pipe tells that rtmm ended.
        source = os.open(paths[0], os.O_RDONLY | os.O_NONBLOCK)
        target = os.open(paths[1], os.O_RDWR)
        seeds = ["--seed", str(self._seeds[0]), "--seeds", str(len(self._seeds))]
        words = ["compare", *self._arguments, "-s", "pipe:" + folder, *seeds, "-j", "1", "-f", "json"]
        self._errors = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            [*self._command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._errors
        )
        self._link = _Pipes(source, target, self._child, folder)

    def _receive(self):
        message = self._link.receive()
        if message is None and self._child.wait() != 0:
            self._errors.seek(0)
            raise RuntimeError(self._errors.read().decode().strip())
        return message

    def _until_asked(self):
        """Lets the run go on to the next decision that there is to make."""
        ended = []
        while True:
            message = self._receive()
            if message is None:
                raise RuntimeError("rtmm has ended in the middle of a run")
            view = self._run.take(message)
            ended += self._run.policy.ended
            self._run.policy.ended = []
            if message["message"] == "end":
                self._link.send({})
                self._run = None
                return self._empty(), -_missed(ended), True, False, {"ended": ended, "jobs": []}
            jobs = self._runnable(view)
            if jobs:
                self._jobs = jobs
                info = {"ended": ended, "jobs": [job.task.id for job, _, _ in jobs], "now_ns": view.now_ns}
                return self._observed(view, jobs), -_missed(ended), False, False, info
            self._link.send({"decisions": []})

    def _runnable(self, view):
        jobs = []
        for job in view.ready_jobs:
            fastest = min(view.idle_accelerators, key=job.remaining_ns)
            latency = job.remaining_ns(fastest)
            if latency < math.inf:
                jobs.append((job, fastest, latency))
                if len(jobs) == self._candidates:
                    break
        return jobs

    def _observed(self, view, jobs):
        rows = [self._row(view.now_ns, *each) for each in jobs]
        return rows + self._empty()[len(rows) :]

    def _row(self, now, job, accelerator, latency):
        left = job.min_remaining_ns
        deadline = min(job.deadline_ns - now, 1e12)
        slack = deadline - left
        ms = [deadline, slack, left, now - job.release_ns, now - job.last_ran_ns, latency]
        return [1.0, *(value / 1e6 for value in ms), float(job.priority)]

    def _empty(self):
        return [[0.0] * len(FEATURES) for _ in range(self._candidates)]

    def _answer(self, action):
        job, accelerator, _ = self._jobs[action if action < len(self._jobs) else 0]
        job.data = self._steps
        self._steps += 1
        decision = {"run": job.slot, "on": accelerator.index}
        if self._layers is not None:
            decision["layers"] = self._layers
        self._link.send({"decisions": [decision]})

    def _finish(self):
        """Lets a run that is left early end by itself: rtmm expects every one to end."""
        while self._run is not None:
            self._answer(0)
            self._until_asked()


class _Learner(Policy):
    name = "learner"
    summary = "decided by a program that learns"

    def __init__(self, platform, parameters):
        super().__init__(platform, parameters)
        self.ended = []

    def job_ended(self, job, now_ns, dropped):
        in_time = dropped is None and now_ns <= job.deadline_ns
        self.ended.append({"task": job.task.id, "index": job.index, "in_time": in_time, "step": job.data})

    def orphan_dropped(self, task, index, now_ns):
        self.ended.append({"task": task.id, "index": index, "in_time": False, "step": None})


def _missed(ended):
    return float(sum(not each["in_time"] for each in ended))


class _Pipes(_Link):
    """The lines to an rtmm that is a child: it has the other ends once it has said hello."""

    def __init__(self, source, target, child, folder):
        super().__init__(None, target)
        self._descriptor = source
        self._child = child
        self._folder = folder

    def receive(self):
        if self._source is None and not self._open():
            return None
        return super().receive()

    def _open(self):
        """Waits for rtmm to open the pipe, or to end."""
        import select

        while not select.select([self._descriptor], [], [], 0.05)[0]:
            if self._child.poll() is not None:
                return False
        os.set_blocking(self._descriptor, True)
        self._source = os.fdopen(self._descriptor, "rb")
        return True

    def close(self):
        import shutil

        (self._source.close if self._source else lambda: os.close(self._descriptor))()
        os.close(self._target)
        shutil.rmtree(self._folder, ignore_errors=True)


def _rtmm_command():
    """rtmm as it is installed: for this project or on the PATH; RTMM names another one."""
    import shlex
    import shutil

    if os.environ.get("RTMM"):
        return shlex.split(os.environ["RTMM"])
    folder = os.getcwd()
    while True:
        local = os.path.join(folder, "node_modules", ".bin", "rtmm")
        if os.path.exists(local):
            return [local]
        if folder == os.path.dirname(folder):
            break
        folder = os.path.dirname(folder)
    if shutil.which("rtmm"):
        return ["rtmm"]
    raise RuntimeError("rtmm is not on the PATH; install it, or say where it is: RTMM='node /path/to/rtmm/bin/rtmm.js'")
