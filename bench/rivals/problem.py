# SPDX-License-Identifier: GPL-3.0-or-later
"""The joint campus as a rival's model needs it: equal duties grouped, everything about time worked out.

Read from the campaign file alone, by docs/rules.md, with no code of the library or of the generator, so that the
judge's agreement with a rival's objective says something about both.
"""

import bisect
import collections
import datetime
import json

from bench.rivals.expression import Expression

DAY_MIN = 1440
NIGHT_END = 300  # the default night window: 00:00 to 05:00
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TERMS = ("short_of_min", "short_of_target", "lead", "load_fairness", "requests", "preferences")

# Duties that nobody could tell apart: same post, slot, day and walking area. `sites` are (site, min, target, max).
Group = collections.namedtuple("Group", "post slot day area start end load short_cost sites")


class Unsupported(Exception):
    """The campaign has something that the compact model does not say."""


def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


def span(window):
    start, end = minutes(window["from"]), minutes(window["to"])
    return start, end if end > start else end + DAY_MIN


class Limits:
    """The hard rules, by name."""

    def __init__(self, campaign, zone_of_site):
        self.rest = self.night_rest = 0
        self.day_duties = self.work_run = self.weekends = None
        self.counts, self.week_minutes, self.weights = [], [], {}
        for rule in campaign["rules"]:
            self.read(rule, zone_of_site)
        missing = [kind for kind in TERMS if kind not in self.weights]
        if missing:
            raise Unsupported("no terms %s" % ", ".join(missing))

    def read(self, rule, zone_of_site):
        kind, window = rule["kind"], rule.get("window")
        if rule.get("weight"):
            if kind not in TERMS:
                raise Unsupported("term " + kind)
            self.weights[kind] = rule["weight"]
        elif kind == "rest":
            self.rest = rule["minutes"]
            self.night_rest = max(self.rest, rule.get("night_minutes", 0))
        elif (kind, window) == ("duties", "day"):
            self.day_duties = rule["max"]
        elif (kind, window) == ("minutes", "week"):
            self.week_minutes.append((Expression(rule["members"], zone_of_site).test, rule["max"]))
        elif (kind, window) == ("count", "week"):
            self.counts.append((frozenset(rule["slots"]), rule["max"]))
        elif kind in ("work_run", "weekends"):
            setattr(self, kind, rule["max"])
        else:
            raise Unsupported("rule " + kind)


class Problem:
    """`pairs[m]` are the groups that member m may serve; weeks are counted from the first day, a Monday."""

    def __init__(self, campaign):
        if any(len(campaign.get(key, ())) != 1 for key in ("units", "stages", "levels")):
            raise Unsupported("one unit, one stage and one level are needed")
        self.campaign = campaign
        self._leads = {}
        self.members = campaign["members"]
        stage = campaign["stages"][0]
        self.first_day = datetime.date.fromisoformat(stage["from"])
        self.days = (datetime.date.fromisoformat(stage["to"]) - self.first_day).days + 1
        if self.first_day.weekday() != 0:
            raise Unsupported("the first day must be a Monday")
        self.zone_of_site = {site["id"]: site.get("zone", "") for site in campaign["sites"]}
        self.limits = Limits(campaign, self.zone_of_site)
        self.walk_min = self.read_walks()
        self.posts = {post["id"]: post for post in campaign["posts"]}
        self.groups = self.read_groups()
        self.pairs = self.read_pairs()
        self.week_limit = [min(high for test, high in self.limits.week_minutes if test(member))
                           for member in self.members]
        self.entitled = self.entitlements()

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def day(self, text):
        return (datetime.date.fromisoformat(text) - self.first_day).days

    def date(self, day):
        return (self.first_day + datetime.timedelta(days=day)).isoformat()

    def test(self, text):
        return Expression(text, self.zone_of_site).test

    def read_walks(self):
        walks = {}
        for walk in self.campaign.get("walks", ()):
            if not walk.get("between_zones"):
                raise Unsupported("walks between sites")
            walks[walk["from"], walk["to"]] = walks[walk["to"], walk["from"]] = walk["minutes"]
        return walks

    def read_groups(self):
        slots = {slot["id"]: span(slot) for slot in self.campaign["slots"]}
        found = {}
        for line in self.campaign["demand"]:
            heads = (line["min"], line["target"], line["max"])
            for site in line["sites"]:
                for slot in line["slots"]:
                    for date in line["dates"]:
                        key = (line["post"], slot, self.day(date), self.zone_of_site[site])
                        found.setdefault(key, []).append((site, *heads))
        return [self.make_group(key, sites, *slots[key[1]]) for key, sites in sorted(found.items(), key=order_of)]

    def make_group(self, key, sites, start, end):
        post, slot, day, area = key
        data = self.posts[post]
        load = (end - start) * data.get("load_percent", 100) // 100
        return Group(post, slot, day, area, day * DAY_MIN + start, day * DAY_MIN + end, load,
                     data.get("priority", 1) * (end - start), sites)

    def read_pairs(self):
        """Group indices by member, in order of day."""
        eligible = {post: [m for m, member in enumerate(self.members) if test(member)]
                    for post, test in ((ident, self.test(post.get("eligible", "anyone")))
                                       for ident, post in self.posts.items())}
        free = [Calendar(member, self) for member in self.members]
        pairs = [[] for _ in self.members]
        for g, group in enumerate(self.groups):
            for m in eligible[group.post]:
                if free[m].covers(group):
                    pairs[m].append(g)
        return pairs

    def entitlements(self):
        """E_m of docs/rules.md section 6."""
        total = sum(target * group.load for group in self.groups for _, _, target, _ in group.sites)
        available = [self.available_minutes(m) for m in range(len(self.members))]
        whole = sum(available)
        if whole == 0:
            return [0] * len(available)
        shares = [total * minutes // whole for minutes in available]
        order = sorted(range(len(shares)),
                       key=lambda m: (-(total * available[m] % whole), self.members[m]["id"].encode()))
        for m in order[:total - sum(shares)]:
            shares[m] += 1
        return shares

    def available_minutes(self, m):
        weeks, reach, day = collections.Counter(), 0, None
        for g in sorted(self.pairs[m], key=lambda g: self.groups[g].start):
            group = self.groups[g]
            if group.day != day:
                day, reach = group.day, group.start
            weeks[day // 7] += max(0, group.end - max(group.start, reach))
            reach = max(reach, group.end)
        return sum(min(self.week_limit[m], value) for value in weeks.values())

    def has_duty(self, day):
        return any(group.day == day for group in self.groups)

    def lead_test(self, post):
        """Who may lead the post's duties; nobody, where none is asked for."""
        if post not in self._leads:
            self._leads[post] = self.test(self.posts[post].get("lead", "not anyone"))
        return self._leads[post]

    def walk(self, area, other):
        return 0 if area == other else self.walk_min.get((area, other), self.campaign.get("walking_min", 0))

    def conflict(self, a, b):
        """Whether one member cannot serve both; a does not start after b."""
        if a.day == b.day:
            return b.start < a.end + self.walk(a.area, b.area)
        if b.day > a.day + 1:
            return False  # a night ends at six, and nobody rests for a day
        return b.start < a.end + self.rest_after(a)

    def rest_after(self, group):
        at_night = group.end > (group.day + 1) * DAY_MIN or group.start < group.day * DAY_MIN + NIGHT_END
        return self.limits.night_rest if at_night else self.limits.rest


def order_of(item):
    """By day, slot and post, so that a member's pairs come in order of time."""
    (post, slot, day, area), _ = item
    return day, slot, post, area


class Calendar:
    """When one member is free."""

    def __init__(self, member, problem):
        available = member["available"]
        self.weekly = collections.defaultdict(list)
        for window in available["weekly"]:
            self.weekly[WEEKDAYS.index(window["weekday"])].append(span(window))
        self.dated = collections.defaultdict(list)
        for window in available.get("dated", ()):
            self.dated[problem.day(window["date"])].append(span(window))
        self.absences = [tuple(problem.day(moment[:10]) * DAY_MIN + minutes(moment[11:])
                               for moment in (absence["from"], absence["to"]))
                         for absence in available.get("absences", ())]

    def covers(self, group):
        start, end = group.start - group.day * DAY_MIN, group.end - group.day * DAY_MIN
        windows = self.dated.get(group.day) or self.weekly[group.day % 7]
        return (any(low <= start and end <= high for low, high in windows)
                and not any(group.start < high and low < group.end for low, high in self.absences))


def reachable(loads, most):
    """Every sum of these loads up to `most`, ascending: the only loads that a member can have."""
    mask = 1
    for load in sorted(set(loads)):
        if load:
            step = mask
            for _ in range(most // load):
                step = step << load & ((2 << most) - 1)
                mask |= step
    return [value for value in range(most + 1) if mask >> value & 1]


def excess_steps(loads, most, share):
    """max(0, load - share)² between neighbouring reachable loads: (base, [(width, rise), …]).

    Every load up to `base` is free. The rises per minute grow, so a solver that minimises takes the steps in order.
    """
    points = reachable(loads, most)
    first = max(0, bisect.bisect_right(points, share) - 1)
    costs = [max(0, point - share) ** 2 for point in points]
    return points[first], [(points[k + 1] - points[k], costs[k + 1] - costs[k])
                           for k in range(first, len(points) - 1)]
