# SPDX-License-Identifier: GPL-3.0-or-later
"""A first roster for rivals to start from, as anybody who used them on this problem would give them one.

Minima first, then targets; the duties of the highest cost first; each head is the free member whose load is least
above, or most below, its share. Where nobody is free, somebody is freed: whose one duty another can take over.
"""

TRIES = 400_000  # of freeing somebody: seconds of Python, which are charged to nobody
PASSES = 4


class Greedy:
    """Builds one roster; `solution` of the model then has the taken columns at one and the cheapest slacks."""

    def __init__(self, built):
        self.built, self.problem = built, built.problem
        self.taken = [[] for _ in self.problem.members]  # groups
        self.load = [0] * len(self.problem.members)
        self.solution = [0] * built.model.columns
        self.left = [list(takers) for takers in built.takers]
        self.heads = [0] * len(self.problem.groups)
        self.column = [dict(takers) for takers in built.takers]
        self.tries = TRIES

    def run(self):
        groups = self.problem.groups
        order = sorted(range(len(groups)), key=lambda g: (-groups[g].short_cost, len(self.left[g])))
        target = self.problem.limits.weights["short_of_target"]
        for need, worth in ((1, target + self.problem.limits.weights["short_of_min"]), (2, target)):
            for g in order:
                self.fill(g, sum(site[need] for site in groups[g].sites), worth)
        for _ in range(PASSES):
            for g in order:
                self.mend(g, target)
        self.built.model.complete(self.solution)
        return self.solution

    def fill(self, g, wanted, worth):
        group = self.problem.groups[g]
        if self.heads[g] >= wanted:
            return
        is_lead, members = self.problem.lead_test(group.post), self.problem.members
        leads = self.heads[g] or not self.problem.posts[group.post].get("lead")
        order = self.by_load(g)
        if not leads:
            first = [taker for taker in order if is_lead(members[taker[0]])][:len(group.sites)]
            order = first + [taker for taker in order if taker not in first]
        for m, _ in order:
            if self.heads[g] >= wanted or not self.pays(m, group, worth):
                continue
            if self.fits(m, group):
                self.take(m, g)

    def take(self, m, g):
        self.taken[m].append(g)
        self.load[m] += self.problem.groups[g].load
        self.solution[self.column[g][m]] = 1
        self.heads[g] += 1
        self.left[g].remove((m, self.column[g][m]))

    def release(self, m, g):
        self.taken[m].remove(g)
        self.load[m] -= self.problem.groups[g].load
        self.solution[self.column[g][m]] = 0
        self.heads[g] -= 1
        self.left[g].append((m, self.column[g][m]))

    def mend(self, g, worth):
        """Fills up what is short of target, as long as somebody can be freed for it."""
        wanted = sum(target for _, _, target, _ in self.problem.groups[g].sites)
        while self.heads[g] < wanted and self.tries > 0:
            if not any(self.free_for(m, g, worth) for m, _ in self.by_load(g)):
                return

    def free_for(self, m, g, worth):
        """Gives one of the member's duties to somebody else if the member can then serve here."""
        for h in list(self.taken[m]):
            self.release(m, h)
            if self.pays(m, self.problem.groups[g], worth) and self.fits(m, self.problem.groups[g]):
                heir = self.heir_of(m, h, worth)
                if heir is not None:
                    self.take(m, g)
                    self.take(heir, h)
                    return True
            self.take(m, h)
        return False

    def heir_of(self, m, h, worth):
        """Somebody else who can take the duty, a lead for a lead."""
        group, members = self.problem.groups[h], self.problem.members
        is_lead = self.problem.lead_test(group.post)
        for other, _ in self.by_load(h):
            self.tries -= 1
            if (other != m and (is_lead(members[other]) or not is_lead(members[m])) and self.pays(other, group, worth)
                    and self.fits(other, group)):
                return other
        return None

    def by_load(self, g):
        return sorted(self.left[g], key=lambda taker: self.load[taker[0]] - self.problem.entitled[taker[0]])

    def pays(self, m, group, worth):
        """Whether the member's fairness costs less than the head that would be missing."""
        share = self.problem.entitled[m]
        before, after = (max(0, load - share) ** 2 for load in (self.load[m], self.load[m] + group.load))
        return (after - before) * self.problem.limits.weights["load_fairness"] < worth * group.short_cost

    def fits(self, m, group):
        mine, limits = [self.problem.groups[g] for g in self.taken[m]], self.problem.limits
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
