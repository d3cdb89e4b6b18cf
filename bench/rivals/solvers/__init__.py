# SPDX-License-Identifier: GPL-3.0-or-later
"""One file a solver: version() says which one is installed, solve() hands it a Model.

version() returns a text, or raises Missing. solve(model, limits, trace) returns an Answer; it starts the trace's clock
when the solver has the model in its own form, so that nobody pays for our Python.
"""

import dataclasses
import importlib
import time

NAMES = ("cpsat", "highs", "cbc", "scip", "glpk", "timefold")


class Missing(Exception):
    """The solver is not installed; the text says what would install it."""


@dataclasses.dataclass
class Limits:
    seconds: float
    threads: int
    seed: int
    folder: str  # for files


@dataclasses.dataclass
class Answer:
    solution: list | None
    bound: float | None  # without the model's constant
    proven: bool
    crashed: bool = False


class Trace:
    """Value and bound over time, in wall seconds from start()."""

    def __init__(self, constant):
        self.constant, self.points, self.began = constant, [], None

    def start(self):
        self.began = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.began

    def add(self, value, bound, at=None):
        """What is known now, or was at second `at`; None for what is not known."""
        point = [round(self.seconds() if at is None else at, 3),
                 *(None if x is None or abs(x) > 1e19 else x + self.constant for x in (value, bound))]
        if not self.points or self.points[-1][1:] != point[1:]:
            self.points.append(point)

    def first_seconds(self):
        return next((at for at, value, _ in self.points if value is not None), None)


def load(name):
    return importlib.import_module("bench.rivals.solvers." + name)
