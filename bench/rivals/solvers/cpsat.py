# SPDX-License-Identifier: GPL-3.0-or-later
"""OR-Tools CP-SAT."""

from bench.rivals.model import INFINITY
from bench.rivals.solvers import Answer, Missing

HUGE = 1 << 60


def version():
    try:
        import ortools
    except ImportError as missing:
        raise Missing("pip install ortools") from missing
    return "OR-Tools CP-SAT " + ortools.__version__


def build(model):
    from ortools.sat.python import cp_model
    cp = cp_model.CpModel()
    x = [cp.new_bool_var("") if (low, high) == (0, 1) else cp.new_int_var(low, high, "")
         for low, high in zip(model.low, model.high)]
    for i in range(model.rows):
        columns, values, low, high = model.row(i)
        terms = [x[j] for j in columns]
        if model.row_is_clique[i]:
            cp.add_at_most_one(terms)
        else:
            cp.add_linear_constraint(cp_model.LinearExpr.weighted_sum(terms, list(values)),
                                     -HUGE if low == -INFINITY else low, HUGE if high == INFINITY else high)
    costly = [j for j in range(model.columns) if model.cost[j]]
    cp.minimize(cp_model.LinearExpr.weighted_sum([x[j] for j in costly], [model.cost[j] for j in costly]))
    for variable, value in zip(x, model.start or ()):
        cp.add_hint(variable, value)
    return cp, x


def settings(parameters, limits):
    """With all constraints in its LP, CP-SAT proves size S in 3 s on one thread; by default its gap is 95 % after 15 s.

    Its portfolio for two to seven threads has no such worker, so that it must be asked for by name.
    """
    parameters.max_time_in_seconds = limits.seconds
    parameters.num_workers = limits.threads
    parameters.random_seed = limits.seed
    parameters.linearization_level = 2
    if 1 < limits.threads < 8:
        parameters.subsolvers.append("max_lp")


def solve(model, limits, trace):
    from ortools.sat.python import cp_model
    cp, x = build(model)
    solver = cp_model.CpSolver()
    settings(solver.parameters, limits)

    class Watch(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            trace.add(self.objective_value, self.best_objective_bound)

    last = [None]

    def on_bound(bound):
        value = trace.points[-1][1] if trace.points else None
        last[0] = bound
        trace.add(None if value is None else value - trace.constant, bound)

    solver.best_bound_callback = on_bound
    trace.start()
    status = solver.solve(cp, Watch())
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = solver.best_objective_bound if found else last[0]
    return Answer([solver.value(v) for v in x] if found else None, bound, status == cp_model.OPTIMAL)
