# SPDX-License-Identifier: GPL-3.0-or-later
"""Timefold on the joint campus, in the manner of its employee-scheduling model: one shift a head. It gives no bound."""

import os
import shutil
import subprocess

from bench.harness.paths import TIMEFOLD
from bench.rivals.campus_model import by_member, dislike, spread
from bench.rivals.solvers import Answer, Missing, program

TAKES_PROBLEM = True  # not a Model: its constraints are Java
VERSION = "1.32.0"


def version():
    if not shutil.which("java"):
        raise Missing("apt-get install openjdk-17-jre-headless")
    if not (TIMEFOLD / "classes").exists():
        raise Missing("./dev bench --rivals, with a JDK and Maven")
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr.split('"')[1]
    return "Timefold %s, Java %s" % (VERSION, java)


class Writer:
    """The problem as numbers in the order in which campus.Main reads them."""

    def __init__(self, built, out):
        self.built, self.problem, self.out = built, built.problem, out
        self.areas = sorted({group.area for group in self.problem.groups})
        self.preferences = by_member(self.problem.campaign.get("preferences", ()))

    def say(self, *numbers):
        self.out.write(" ".join(map(str, numbers)) + "\n")

    def write(self):
        problem, limits = self.problem, self.problem.limits
        never = 10 ** 6
        (_, most), = limits.counts or [((), never)]
        self.say(problem.days, limits.day_duties or never, most, limits.work_run or never, limits.weekends or never,
                 limits.weights["load_fairness"], limits.weights["lead"], len(self.areas))
        for area in self.areas:
            self.say(*(problem.walk(area, other) for other in self.areas))
        self.write_members()
        self.say(len(problem.groups))
        for g, group in enumerate(problem.groups):
            self.write_group(g, group)

    def write_members(self):
        requests = by_member(self.problem.campaign.get("requests", ()))
        self.say(len(self.problem.members))
        for m, member in enumerate(self.problem.members):
            mine = requests.get(member["id"], ())
            weight = self.problem.limits.weights["requests"]
            self.say(self.problem.entitled[m], self.problem.week_limit[m], len(mine))
            for request in mine:
                cost = weight * request.get("weight", 1)
                self.say(self.problem.day(request["date"]), cost if request["wish"] == "off" else -cost)

    def write_group(self, g, group):
        problem, limits = self.problem, self.problem.limits
        lead = bool(problem.posts[group.post].get("lead"))
        is_lead = problem.lead_test(group.post)
        rest = problem.rest_after(group)
        counted = any(group.slot in slots for slots, _ in limits.counts)
        self.say(group.day, group.start, group.end, group.load, self.areas.index(group.area), rest, int(counted),
                 int(lead), limits.weights["short_of_target"] * group.short_cost,
                 limits.weights["short_of_min"] * group.short_cost, len(self.built.takers[g]))
        for m, _ in self.built.takers[g]:
            member = problem.members[m]
            self.say(m, int(is_lead(member)),
                     limits.weights["preferences"] * dislike(group, self.preferences.get(member["id"], ())))
        self.write_duties(g, group, is_lead)

    def write_duties(self, g, group, is_lead):
        start = self.built.model.start
        people = [m for m, column in self.built.takers[g] if start and start[column]]
        there = {}
        for m, site in spread(people, group.sites, is_lead, self.problem.members):
            there.setdefault(site, []).append(m)
        self.say(len(group.sites))
        for site, low, target, _ in group.sites:
            self.say(low, target)
            self.say(*(there.get(site, []) + [-1] * target)[:target])


def solve(built, limits, trace):
    paths = [os.path.join(limits.folder, name) for name in ("problem", "solution")]
    with open(paths[0], "w", encoding="ascii") as out:
        Writer(built, out).write()
    began = []

    def read(line, at):
        if line.startswith("start"):
            began.append(at)
        elif line.startswith("value"):
            trace.add(float(line.split()[1]), None, at - began[0])

    program.run(["java", "-cp", "%s/classes:%s/dependency/*" % (TIMEFOLD, TIMEFOLD), "campus.Main", *paths,
                 str(limits.seconds), str(limits.seed)], limits, trace, read)
    return Answer(read_solution(built, paths[1]), None, False)


def read_solution(built, path):
    if not os.path.exists(path):
        return None
    with open(path, encoding="ascii") as file:
        if file.readline().strip() != "legal":
            return None
        solution = [0] * built.model.columns
        for g, group in enumerate(built.problem.groups):
            column = dict(built.takers[g])
            for _ in range(sum(target for _, _, target, _ in group.sites)):
                m = int(file.readline())
                if m >= 0:
                    solution[column[m]] = 1
    return solution
