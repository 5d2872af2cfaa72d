"""A contextual bandit that learns which rule to follow when: `python3 train.py`, less than a minute.

Four rules pick a job each. The bandit sees how crowded it is and how tight the deadlines are, follows one of the rules, and
learns by what becomes of the jobs. Then it is compared with first come, first served on seeds that it has not seen.
"""

import random
import sys

from rtmm import FEATURES, Env

SCENARIO = sys.argv[1] if len(sys.argv) > 1 else "ar-assistant"
TRAIN, TEST = range(1, 121), range(1001, 1021)
HORIZON = 0.8  # how much the next decision counts for this one
EXPLORE = 0.2  # share of decisions by a rule at random, while it learns

DEADLINE, SLACK, REMAINING, AGE = (FEATURES.index(name) for name in ("deadline", "slack", "remaining", "age"))

RULES = {
    "first come": lambda row: -row[AGE],
    "earliest deadline": lambda row: row[DEADLINE],
    "shortest": lambda row: row[REMAINING],
    "least slack": lambda row: row[SLACK],
}
NAMES = list(RULES)


def chosen(observation, rule):
    """The row that a rule picks."""
    rows = [i for i, row in enumerate(observation) if row[0]]
    return min(rows, key=lambda i: RULES[rule](observation[i]))


def context(observation):
    """What the bandit sees, in numbers between about -2 and 2."""
    rows = [row for row in observation if row[0]]
    tightest = min(row[SLACK] for row in rows)
    late = sum(row[SLACK] < 0 for row in rows)
    work = sum(row[REMAINING] for row in rows)
    return [1.0, len(rows) / 4, max(-2.0, min(2.0, tightest / 10)), late / 4, min(2.0, work / 20)]


class Bandit:
    """The reward that each rule leads to: linear in the context, by least squares over all that has been seen."""

    def __init__(self, size):
        # Sums of x x^T and of reward * x. The first one begins as the identity, which keeps weights small.
        self.squares = {name: [[float(i == j) for j in range(size)] for i in range(size)] for name in NAMES}
        self.rewards = {name: [0.0] * size for name in NAMES}
        self.weights = {name: [0.0] * size for name in NAMES}

    def value(self, name, features):
        return sum(w * x for w, x in zip(self.weights[name], features))

    def best(self, features):
        return max(NAMES, key=lambda name: self.value(name, features))

    def learn(self, name, features, reward):
        for i, x in enumerate(features):
            self.rewards[name][i] += reward * x
            for j, y in enumerate(features):
                self.squares[name][i][j] += x * y

    def fit(self):
        for name in NAMES:
            self.weights[name] = solved(self.squares[name], self.rewards[name])


def solved(matrix, right):
    """The solution of a system of equations, by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(size):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def episode(env, rule_for, learn=None):
    """Runs one seed. Returns the share of jobs that were late or dropped."""
    observation, info = env.reset()
    missed = jobs = 0
    trail = []
    terminated = False
    while not terminated:
        features = context(observation)
        rule = rule_for(features)
        observation, reward, terminated, _, info = env.step(chosen(observation, rule))
        missed -= reward
        jobs += len(info["ended"])
        trail.append((rule, features, reward))
    if learn:
        ahead = 0.0
        for rule, features, reward in reversed(trail):
            ahead = reward + HORIZON * ahead
            learn(rule, features, ahead)
    return missed / jobs


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def main():
    random.seed(1)
    bandit = Bandit(5)

    def explore(features):
        return random.choice(NAMES) if random.random() < EXPLORE else bandit.best(features)

    env = Env(SCENARIO, seeds=TRAIN)
    for number in range(1, len(TRAIN) + 1):
        share = episode(env, explore, bandit.learn)
        bandit.fit()
        if number % 20 == 0:
            print(f"seed {number}: {share:.1%} of the jobs late or dropped", flush=True)
    env.close()
    test = Env(SCENARIO, seeds=TEST)
    print(f"\non {len(TEST)} seeds that it has not seen, late or dropped:")
    for name in NAMES:
        print(f"  {name}: {mean(episode(test, lambda _, name=name: name) for _ in TEST):.2%}")
    print(f"  the bandit: {mean(episode(test, bandit.best) for _ in TEST):.2%}")
    test.close()


if __name__ == "__main__":
    main()
