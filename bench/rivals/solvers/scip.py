# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIP through PySCIPOpt; it has one thread."""

import os

from bench.rivals import mps
from bench.rivals.solvers import Answer, Missing


def version():
    try:
        import pyscipopt
    except ImportError as missing:
        raise Missing("pip install pyscipopt") from missing
    return "SCIP %s, PySCIPOpt %s" % (pyscipopt.Model().version(), pyscipopt.__version__)


def watch_of(trace):
    import pyscipopt

    class Watch(pyscipopt.Eventhdlr):
        events = pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND | pyscipopt.SCIP_EVENTTYPE.NODESOLVED

        def eventinit(self):
            self.model.catchEvent(self.events, self)

        def eventexit(self):
            self.model.dropEvent(self.events, self)

        def eventexec(self, event):
            note(self.model, trace)
            return {"result": pyscipopt.SCIP_RESULT.DIDNOTRUN}

    return Watch()


def note(scip, trace):
    trace.add(scip.getPrimalbound() if scip.getNSols() else None, scip.getDualbound())


def add_start(scip, values):
    solution = scip.createSol()
    for variable in scip.getVars():
        scip.setSolVal(solution, variable, values[int(variable.name[1:])])
    scip.addSol(solution)


def solve(model, limits, trace):
    import pyscipopt
    path = os.path.join(limits.folder, "model.mps")
    mps.write(model, path)
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem(path)
    scip.setParam("limits/time", limits.seconds)
    scip.setParam("timing/clocktype", 2)  # wall
    scip.setParam("randomization/randomseedshift", limits.seed)
    scip.includeEventhdlr(watch_of(trace), "trace", "value and bound over time")
    if model.start:
        add_start(scip, model.start)
    trace.start()
    scip.optimize()
    bound = scip.getDualbound()
    note(scip, trace)
    solution = None
    if scip.getNSols():
        best = scip.getBestSol()
        solution = [0.0] * model.columns
        for variable in scip.getVars():
            solution[int(variable.name[1:])] = scip.getSolVal(best, variable)
    return Answer(solution, bound if abs(bound) < 1e19 else None, scip.getStatus() == "optimal")
