# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain GLPK: glpsol on the compact model, all cuts on; one thread."""

import os
import re
import subprocess

from bench.rivals.solvers import Answer, program

TREE = re.compile(r"\+\s*\d+: (?:mip|>>>>>) =?\s*(not found yet|\S+) (?:>=|<=)\s+(\S+)")
RELAXED = re.compile(r"^\*\s*\d+: obj =\s+(\S+) inf =\s+\S+")


def version():
    program.need("glpsol", "glpk-utils")
    said = subprocess.run(["glpsol", "--version"], capture_output=True, text=True, check=False).stdout
    return "GLPK " + re.search(r"v?(\d+\.\d+)", said).group(1)


class Log:
    """What glpsol prints, as a trace; the simplex's objective is a bound only once it says that it is optimal."""

    def __init__(self, trace):
        self.trace, self.value, self.bound, self.last, self.proven = trace, None, None, None, False

    def read(self, line, at):
        if match := TREE.search(line):
            self.value = self.value if "not" in match.group(1) else float(match.group(1))
            self.bound = number(match.group(2), self.bound)
        elif match := RELAXED.match(line):
            self.last = float(match.group(1))
            return
        elif "OPTIMAL LP SOLUTION FOUND" in line:
            self.bound = self.last
        elif "INTEGER OPTIMAL SOLUTION FOUND" in line:
            self.proven, self.bound = True, self.value
        else:
            return
        self.trace.add(self.value, self.bound, at)


def number(text, otherwise):
    """"tree is empty" and "-inf" say nothing new."""
    try:
        return float(text) if "inf" not in text else otherwise
    except ValueError:
        return otherwise


def solve(model, limits, trace):
    path = program.write_model(model, limits)
    answer = os.path.join(limits.folder, "glpk.sol")
    log = Log(trace)
    command = ["glpsol", "--mps", path, "--tmlim", str(int(limits.seconds)), "--seed", str(limits.seed), "--cuts",
               "-w", answer]
    ended = program.run(command, limits, trace, log.read)
    solution = read_solution(answer, model.columns)
    if log.proven and solution:
        log.bound = model.objective(solution) - model.constant
        trace.add(log.bound, log.bound)
    return Answer(solution, log.bound, log.proven, not ended)


def read_solution(path, columns):
    """None unless the file holds a whole solution, optimal or feasible."""
    if not os.path.exists(path):
        return None
    solution = [0.0] * columns
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if words[:2] == ["s", "mip"] and words[4] not in ("o", "f") or words[:2] == ["s", "bas"]:
                return None
            if words[0] == "j":
                solution[int(words[1]) - 1] = float(words[2])
    return solution
