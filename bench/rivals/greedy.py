# SPDX-License-Identifier: GPL-3.0-or-later
"""A first roster for rivals to start from, as anybody who used them on this problem would give them one.

Minima first, then targets; the duties of the highest cost first; each head is the free member whose load is least above,
or most below, its share. Nothing is ever taken back.
"""


class Greedy:
    """Builds one roster; `solution` of the model then has the taken columns at one and the cheapest slacks."""

    def __init__(self, built):
        self.built, self.problem = built, built.problem
        self.taken = [[] for _ in self.problem.members]  # groups
        self.load = [0] * len(self.problem.members)
        self.solution = [0] * built.model.columns
        self.left = [list(takers) for takers in built.takers]
        self.heads = [0] * len(self.problem.groups)

    def run(self):
        groups = self.problem.groups
        order = sorted(range(len(groups)), key=lambda g: (-groups[g].short_cost, len(self.left[g])))
        target = self.problem.limits.weights["short_of_target"]
        for need, worth in ((1, target + self.problem.limits.weights["short_of_min"]), (2, target)):
            for g in order:
                self.fill(g, sum(site[need] for site in groups[g].sites), worth)
        self.built.model.complete(self.solution)
        return self.solution

    def fill(self, g, wanted, worth):
        group = self.problem.groups[g]
        if self.heads[g] >= wanted:
            return
        is_lead, members = self.problem.lead_test(group.post), self.problem.members
        leads = self.heads[g] or not self.problem.posts[group.post].get("lead")
        order = sorted(self.left[g], key=lambda taker: self.load[taker[0]] - self.problem.entitled[taker[0]])
        if not leads:
            first = [taker for taker in order if is_lead(members[taker[0]])][:len(group.sites)]
            order = first + [taker for taker in order if taker not in first]
        for m, column in order:
            if self.heads[g] >= wanted or not self.pays(m, group, worth):
                continue
            if self.fits(m, group):
                self.take(m, g, column)

    def take(self, m, g, column):
        self.taken[m].append(self.problem.groups[g])
        self.load[m] += self.problem.groups[g].load
        self.solution[column] = 1
        self.heads[g] += 1
        self.left[g].remove((m, column))

    def pays(self, m, group, worth):
        """Whether the member's fairness costs less than the head that would be missing."""
        share = self.problem.entitled[m]
        before, after = (max(0, load - share) ** 2 for load in (self.load[m], self.load[m] + group.load))
        return (after - before) * self.problem.limits.weights["load_fairness"] < worth * group.short_cost

    def fits(self, m, group):
        mine, limits = self.taken[m], self.problem.limits
        if any(self.excludes(other, group) for other in mine if abs(other.day - group.day) <= 1):
            return False
        today = [other for other in mine if other.day == group.day]
        week = [other for other in mine if other.day // 7 == group.day // 7]
        minutes = sum(other.end - other.start for other in [*week, group])
        if limits.day_duties and len(today) >= limits.day_duties or minutes > self.problem.week_limit[m]:
            return False
        if any(group.slot in slots and sum(other.slot in slots for other in week) >= most
               for slots, most in limits.counts):
            return False
        return self.days_fit({other.day for other in mine} | {group.day})

    def excludes(self, a, b):
        return self.problem.conflict(*sorted((a, b), key=lambda group: group.start))

    def days_fit(self, days):
        limits = self.problem.limits
        weekends = {day // 7 for day in days if day % 7 >= 5}
        if limits.weekends and len(weekends) > limits.weekends:
            return False
        return not limits.work_run or not any(all(day + k in days for k in range(limits.work_run + 1)) for day in days)


def start(built):
    return Greedy(built).run()
