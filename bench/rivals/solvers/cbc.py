# SPDX-License-Identifier: GPL-3.0-or-later
"""COIN-OR CBC, Debian's program. It is not told the start: with -mipstart, 2.10.8 crashes when the clock stops it."""

import os
import re
import subprocess

from bench.rivals.solvers import Answer, program

FOUND = re.compile(r"Integer solution of (\S+) found|Found (?:feasible )?solution.*?(?:of|value) (\S+)")
POSSIBLE = re.compile(r"After \d+ nodes, \d+ on tree, (\S+) best solution, best possible (\S+)")
ROOT = re.compile(r"Continuous objective value is (\S+)")
LOWER = re.compile(r"Lower bound:\s+(\S+)")


def version():
    program.need("cbc", "coinor-cbc")
    said = subprocess.run(["cbc", "-quit"], capture_output=True, text=True, check=False).stdout
    return "CBC " + re.search(r"Version:\s*(\S+)", said).group(1)


class Log:
    """What CBC prints, as a trace."""

    def __init__(self, trace):
        self.trace, self.value, self.bound, self.proven = trace, None, None, False

    def read(self, line, at):
        if match := FOUND.search(line):
            self.value = float(match.group(1) or match.group(2))
        elif match := POSSIBLE.search(line):
            self.bound = float(match.group(2))
        elif match := ROOT.search(line) or LOWER.search(line):
            self.bound = float(match.group(1))
        elif "Optimal solution found" in line and "within gap" not in line:
            self.proven = True
            self.bound = self.value
        else:
            return
        self.trace.add(self.value, self.bound, at)


def solve(model, limits, trace):
    path = program.write_model(model, limits)
    answer = os.path.join(limits.folder, "cbc.sol")
    log = Log(trace)
    command = ["cbc", path, "-timeMode", "elapsed", "-sec", str(limits.seconds),
               "-threads", str(limits.threads), "-randomCbcSeed", str(limits.seed), "-ratioGap", "0",
               "-allowableGap", "0", "-solve", "-solution", answer]
    ended = program.run(command, limits, trace, log.read)
    solution = read_solution(answer, model.columns)
    if log.proven and solution:
        log.bound = model.objective(solution) - model.constant
        trace.add(log.bound, log.bound)
    return Answer(solution, log.bound, log.proven, not ended)


def read_solution(path, columns):
    """None unless CBC says that it holds a whole solution."""
    if not os.path.exists(path):
        return None
    with open(path, encoding="ascii") as file:
        head = file.readline().lower()
        if "infeasible" in head or "no integer" in head or "continuous" in head:
            return None
        solution = [0.0] * columns
        for line in file:
            words = line.replace("**", " ").split()
            solution[int(words[1][1:])] = float(words[2])
    return solution
