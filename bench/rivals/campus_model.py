# SPDX-License-Identifier: GPL-3.0-or-later
"""The joint campus as a compact mixed-integer program x[member, group of equal duties].

What makes it as strong as we could write it:

* Equal duties (same post, slot, day, area) are one group: their costs add up to one convex cost of the sum.
* Everything that excludes each other (overlaps, walks, rest) is covered by cliques instead of pairs. Whether two duties
  exclude each other depends on slot and area alone, so cliques are found once for each set of a member's two days.
* The squares of fairness are linear between the loads that the member can reach at all, not between all minutes.
* Several duties cost at least what each of them costs alone, and what exceeds a week's minutes by twos is a clique.
* Short of minimum and short of target are two bounded slacks of one row.
"""

import json

from bench.rivals.model import INFINITY, Model
from bench.rivals.problem import excess_steps, reachable


class CampusModel:
    """Builds the program, and turns its solutions into rosters."""

    def __init__(self, problem):
        self.problem, self.model = problem, Model()
        self.weights = problem.limits.weights
        self.takers = [[] for _ in problem.groups]  # (member, column)
        self.cliques = Cliques(problem)
        preferences = by_member(problem.campaign.get("preferences", ()))
        requests = by_member(problem.campaign.get("requests", ()))
        for m, member in enumerate(problem.members):
            self.add_member(m, preferences.get(member["id"], ()), requests.get(member["id"], ()))
        for g, group in enumerate(problem.groups):
            self.add_cover(g, group)
            self.add_leads(g, group)

    # ---- one member ----

    def add_member(self, m, preferences, requests):
        groups = self.problem.groups
        column = {}
        for g in self.problem.pairs[m]:
            column[g] = self.model.add_column(self.weights["preferences"] * dislike(groups[g], preferences))
            self.takers[g].append((m, column[g]))
        days = [[] for _ in range(self.problem.days)]
        for g in self.problem.pairs[m]:
            days[groups[g].day].append(g)
        worked = self.add_days(days, column, requests)
        self.add_cliques(days, column)
        self.add_weeks(m, days, column)
        self.add_fairness(m, column)
        self.add_runs(worked)

    def add_cliques(self, days, column):
        most = self.problem.limits.day_duties
        for today, tomorrow in zip(days, days[1:] + [[]]):
            for clique in self.cliques.of_days(today, tomorrow):
                self.model.add_clique([column[g] for g in clique])
            if most and len(self.cliques.of_days(today, ())) > most:
                self.model.add_row([column[g] for g in today], [1] * len(today), high=most)

    def add_weeks(self, m, days, column):
        groups, limits = self.problem.groups, self.problem.limits
        for first in range(0, len(days), 7):
            week = [g for day in days[first:first + 7] for g in day]
            if week:
                self.add_week_minutes(m, days[first:first + 7], column)
            for slots, most in limits.counts:
                counted = [column[g] for g in week if groups[g].slot in slots]
                if len(counted) > most:
                    self.model.add_row(counted, [1] * len(counted), high=most)

    def add_week_minutes(self, m, days, column):
        """The limit as a knapsack, and its cliques: what together with any of a day's clique exceeds the limit."""
        length = {g: self.problem.groups[g].end - self.problem.groups[g].start for day in days for g in day}
        limit = reachable(length.values(), self.problem.week_limit[m])[-1]
        self.model.add_row([column[g] for g in length], list(length.values()), high=limit)
        for clique in [[]] + [clique for day in days if day for clique in self.cliques.of_days(day, ())]:
            least = min([limit // 2 + 1] + [length[g] for g in clique])
            beside = [g for g in length if length[g] > limit - least and g not in clique
                      and length[g] > limit // 2]
            if beside:
                self.model.add_clique([column[g] for g in clique + beside])

    def add_fairness(self, m, column):
        """load <= base + Σ width·step; steps are whole in a best solution, see problem.excess_steps().

        The cost of a load is convex and 0 at 0, so several duties cost at least what each costs alone. Said as a row,
        that keeps the relaxation from serving half a duty for nothing.
        """
        groups = self.problem.groups
        loads = {g: groups[g].load for g in column}
        weeks = len({groups[g].day // 7 for g in column})
        base, steps = excess_steps(loads.values(), weeks * self.problem.week_limit[m], self.problem.entitled[m])
        if not steps:
            return
        weight = self.weights["load_fairness"]
        extra = [self.model.add_column(weight * rise, integer=False) for _, rise in steps]
        self.model.add_row(list(column.values()) + extra,
                           list(loads.values()) + [-width for width, _ in steps], high=base)
        alone = {g: weight * max(0, load - self.problem.entitled[m]) ** 2 for g, load in loads.items()}
        costly = [g for g in column if alone[g]]
        if costly:
            self.model.add_row([column[g] for g in costly] + extra,
                               [-alone[g] for g in costly] + [weight * rise for _, rise in steps], low=0)

    # ---- days worked ----

    def add_days(self, days, column, requests):
        """A column for each day that a rule or request asks about: 1 if anything is served. None for other days."""
        asked = {self.problem.day(request["date"]) for request in requests}
        limits = self.problem.limits
        worked = [None] * len(days)
        for day, groups in enumerate(days):
            if groups and (limits.work_run or limits.weekends and day % 7 >= 5 or day in asked):
                worked[day] = self.model.add_column(integer=False)
                for clique in self.cliques.of_days(groups, ()):
                    self.model.add_row([column[g] for g in clique] + [worked[day]], [1] * len(clique) + [-1], high=0)
        for request in requests:
            self.add_request(request, days, column, worked)
        return worked

    def add_request(self, request, days, column, worked):
        day = self.problem.day(request["date"])
        cost = self.weights["requests"] * request.get("weight", 1)
        if request["wish"] == "off":
            if worked[day] is not None:
                self.model.cost[worked[day]] += cost
            return
        if not self.problem.has_duty(day):
            return
        self.model.constant += cost
        if worked[day] is not None:
            served = [column[g] for g in days[day]]
            self.model.cost[worked[day]] -= cost
            self.model.add_row([worked[day], *served], [1] + [-1] * len(served), high=0)

    def add_runs(self, worked):
        limits = self.problem.limits
        for first in range(len(worked) - limits.work_run if limits.work_run else 0):
            run = worked[first:first + limits.work_run + 1]
            if None not in run:
                self.model.add_row(run, [1] * len(run), high=limits.work_run)
        if limits.weekends:
            self.add_weekends(worked, limits.weekends)

    def add_weekends(self, worked, most):
        weekends = []
        for saturday in range(5, len(worked), 7):
            parts = [column for column in worked[saturday:saturday + 2] if column is not None]
            if parts:
                weekends.append(self.model.add_column(integer=False))
                for part in parts:
                    self.model.add_row([part, weekends[-1]], [1, -1], high=0)
        if len(weekends) > most:
            self.model.add_row(weekends, [1] * len(weekends), high=most)

    # ---- one group of duties ----

    def add_cover(self, g, group):
        """Σ x + short of target + short of minimum - beyond target = target."""
        low, target, high = (sum(site[k] for site in group.sites) for k in (1, 2, 3))
        short = self.weights["short_of_target"] * group.short_cost
        shorter = short + self.weights["short_of_min"] * group.short_cost
        slacks = [self.model.add_column(short, high=target - low, integer=False),
                  self.model.add_column(shorter, high=low, integer=False),
                  self.model.add_column(0, high=high - target, integer=False)]
        takers = [column for _, column in self.takers[g]]
        self.model.add_row(takers + slacks, [1] * len(takers) + [1, 1, -1], target, target)

    def add_leads(self, g, group):
        """Leads can be spread one to a duty, so only their number in the group counts."""
        lead = self.problem.posts[group.post].get("lead")
        if not lead:
            return
        test = self.problem.lead_test(group.post)
        duties = len(group.sites)
        leads = [column for m, column in self.takers[g] if test(self.problem.members[m])]
        missing = self.model.add_column(self.weights["lead"], high=duties, integer=False)
        self.model.add_row([*leads, missing], [1] * (len(leads) + 1), duties, INFINITY)

    # ---- back ----

    def assignments(self, solution):
        """(member, group, site): each group's people on its duties, one lead each, minima first, then targets."""
        for g, group in enumerate(self.problem.groups):
            people = [m for m, column in self.takers[g] if solution[column] > 0.5]
            for m, site in spread(people, group.sites, self.problem.lead_test(group.post), self.problem.members):
                yield m, group, site

    def write(self, path, solution, value, bound):
        with open(path, "w", encoding="utf-8") as out:
            json.dump(self.roster(solution, value, bound), out, ensure_ascii=False)

    def roster(self, solution, value, bound):
        """A roster that claims its value, so that the judge says when it is another one."""
        rows = [{"member": self.problem.members[m]["id"], "post": group.post, "site": site, "slot": group.slot,
                 "date": self.problem.date(group.day)} for m, group, site in self.assignments(solution)]
        campaign = self.problem.campaign
        level = {"level": campaign["levels"][0]["id"], "value": value, "bound": 0 if bound is None else bound,
                 "outcome": "proven" if value == bound else "gap"}
        part = {"stage": campaign["stages"][0]["id"], "unit": campaign["units"][0]["id"],
                "duty_count": sum(len(group.sites) for group in self.problem.groups),
                "member_count": len(self.problem.members), "assignment_count": len(rows), "levels": [level]}
        return {"format": "pioneer-roster", "version": 1, "parts": [part], "assignments": rows}


class Cliques:
    """Covers of "cannot serve both" by cliques, remembered by what a member's days look like."""

    def __init__(self, problem):
        self.problem, self.known = problem, {}

    def of_days(self, today, tomorrow):
        """Cliques over the groups of two days that cover every conflict in which today takes part."""
        groups = self.problem.groups
        kinds = {}
        for offset, day in enumerate((today, tomorrow)):
            for g in day:
                kinds.setdefault((offset, groups[g].slot, groups[g].area), []).append(g)
        key = frozenset(kinds)
        if key not in self.known:
            self.known[key] = self.cover({kind: groups[members[0]] for kind, members in kinds.items()})
        return [[g for kind in clique for g in kinds[kind]] for clique in self.known[key]]

    def cover(self, example):
        """Greedy: each conflict that no clique has yet grows to a clique that nothing can be added to."""
        kinds = sorted(example, key=lambda kind: (example[kind].start, example[kind].end, kind))
        near = {kind: {other for other in kinds if other != kind and self.conflict(example, kind, other)}
                for kind in kinds}
        cliques, covered = [], set()
        for i, kind in enumerate(kinds):
            if kind[0] == 1:
                continue  # tomorrow's own conflicts are covered tomorrow
            if not near[kind] - {other for other in kinds if (kind, other) in covered} and near[kind]:
                continue
            for other in [k for k in kinds[i + 1:] if k in near[kind]] or [kind]:
                if (kind, other) not in covered:
                    clique = self.grow(kinds, near, kind, other)
                    covered |= {(a, b) for a in clique for b in clique}
                    cliques.append(clique)
        return cliques

    def conflict(self, example, kind, other):
        a, b = sorted((example[kind], example[other]), key=lambda group: group.start)
        return self.problem.conflict(a, b)

    @staticmethod
    def grow(kinds, near, kind, other):
        clique = [kind] if kind == other else [kind, other]
        for more in kinds:
            if more not in clique and all(more in near[k] for k in clique):
                clique.append(more)
        return clique


def by_member(entries):
    found = {}
    for entry in entries:
        found.setdefault(entry["member"], []).append(entry)
    return found


def dislike(group, preferences):
    """The largest weight, unless one of the member's preferences fits."""
    if any(all(p.get(key, value) == value for key, value in (("post", group.post), ("slot", group.slot)))
           for p in preferences):
        return 0
    return max((p.get("weight", 1) for p in preferences), default=0)


def spread(people, sites, is_lead, members):
    """(person, site) so that leads stand apart and no target is met while a minimum is not."""
    leads = [m for m in people if is_lead(members[m])]
    others = [m for m in people if not is_lead(members[m])]
    heads = dict.fromkeys((site for site, *_ in sites), 0)
    for m in leads[:len(sites)]:
        site = min(sites, key=lambda s: heads[s[0]])[0]
        heads[site] += 1
        yield m, site
    for m in leads[len(sites):] + others:
        site = next(site for k in (1, 2, 3) for site, *need in sites if heads[site] < need[k - 1])
        heads[site] += 1
        yield m, site
