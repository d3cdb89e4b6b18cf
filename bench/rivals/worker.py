# SPDX-License-Identifier: GPL-3.0-or-later
"""One rival on one instance in a process of its own, so that memory and crashes are its own; prints one JSON line."""

import argparse
import json
import math
import resource
import sys
import tempfile
import time

from bench.rivals import curtois_model, greedy, solvers
from bench.rivals.campus_model import CampusModel
from bench.rivals.problem import Problem


def arguments(words):
    parser = argparse.ArgumentParser(prog="python -m bench.rivals.worker")
    parser.add_argument("solver", choices=solvers.NAMES)
    parser.add_argument("format", choices=tuple(FORMATS))
    parser.add_argument("instance")
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solution", required=True, help="file for the roster")
    return parser.parse_args(words)


FORMATS = {  # how an instance is read, and its model built
    "campus": (Problem.load, CampusModel),
    "curtois": (curtois_model.Instance.load, curtois_model.CurtoisModel),
}


def whole(model, solution):
    """The solution in whole numbers, with the cheapest slacks for its binaries, and its value."""
    rounded = [round(x) for x in solution]
    model.complete(rounded)  # what it leaves broken, the judge will find
    return rounded, model.objective(rounded)


def run(given):
    began = time.monotonic()
    read, build = FORMATS[given.format]
    problem = read(given.instance)
    was_read = time.monotonic()
    built = build(problem)
    model = built.model
    if given.format == "campus":
        model.start = greedy.start(built)
    trace = solvers.Trace(model.constant)
    solver = solvers.load(given.solver)
    with tempfile.TemporaryDirectory() as folder:
        limits = solvers.Limits(given.time_limit, given.threads, given.seed, folder)
        answer = solver.solve(built if hasattr(solver, "TAKES_PROBLEM") else model, limits, trace)
    result = {"solver": given.solver, "version": solver.version(), "rows": model.rows, "columns": model.columns,
              "entries": model.entries, "read_seconds": round(was_read - began, 3),
              "build_seconds": round(trace.began - was_read, 3), "seconds": round(trace.seconds(), 3),
              "seconds_to_first": trace.first_seconds(), "trace": trace.points, "peak_kib": peak_kib(),
              "value": None, "bound": bound_of(model, answer), "status": "no solution"}
    found = [whole(model, solution) for solution in (answer.solution, model.start) if solution is not None]
    if found:
        solution, result["value"] = min(found, key=lambda pair: pair[1])  # nobody is worse than its start
        if answer.proven and given.solver in ("cpsat",):
            result["bound"] = result["value"]
        result["status"] = "proven" if result["bound"] == result["value"] else "gap"
        if answer.crashed:
            result["status"] = "crashed"
        built.write(given.solution, solution, result["value"], result["bound"])
        trace.points.append([result["seconds"], result["value"], result["bound"]])
    return result


def bound_of(model, answer):
    """Costs are whole, so a bound may be rounded up; a millionth is left to the solver's arithmetic."""
    if answer.bound is None:
        return None
    bound = answer.bound + model.constant
    return math.ceil(bound - max(1e-6 * abs(bound), 1e-6))


def peak_kib():
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    print(json.dumps(run(arguments(sys.argv[1:]))))
