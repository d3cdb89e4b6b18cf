#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints supply and demand of the root unit's posts, day by day: campaign_supply.py FILE

An estimate for whoever sizes a campaign, not a roster: it counts who is nominated, eligible and free, and
clips each member's time by the duties and minutes that rules allow. Rest, walking and isolation are left out.
"""

import collections
import datetime
import json
import re
import sys

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TOKEN = re.compile(r'\s*(!=|>=|<=|[=<>(),]|"[^"]*"|[^\s!=<>(),"]+)')
DUTIES_A_DAY = 2


class Expression:
    """The expressions of docs/rules.md section 8, for the fields that an example uses."""

    def __init__(self, text, parents):
        self.tokens = TOKEN.findall(text)
        self.parents = parents
        self.at = 0
        self.test = self.either()

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1].strip('"')

    def next_is(self, word):
        if self.at < len(self.tokens) and self.tokens[self.at] == word:
            self.at += 1
            return True
        return False

    def either(self):
        tests = [self.both()]
        while self.next_is("or"):
            tests.append(self.both())
        return lambda member: any(test(member) for test in tests)

    def both(self):
        tests = [self.negation()]
        while self.next_is("and"):
            tests.append(self.negation())
        return lambda member: all(test(member) for test in tests)

    def negation(self):
        if self.next_is("not"):
            test = self.negation()
            return lambda member: not test(member)
        if self.next_is("("):
            test = self.either()
            self.take()
            return test
        if self.next_is("anyone"):
            return lambda member: True
        return self.comparison()

    def comparison(self):
        field, operator = self.take(), self.take()
        if operator == "in":
            values = []
            while self.take() != ")":
                values.append(self.take())
            return lambda member: not self.values(member, field).isdisjoint(values)
        value = self.take()
        if field.startswith("rating."):
            compare = {">=": int.__ge__, "<=": int.__le__, ">": int.__gt__, "<": int.__lt__, "=": int.__eq__}
            return lambda member: compare[operator](member.get("ratings", {}).get(field[7:], 0), int(value))
        return lambda member: (value in self.values(member, field)) == (operator == "=")

    def values(self, member, field):
        if field == "tag":
            return set(member.get("tags", ()))
        if field == "unit":
            return set(ancestors(member["unit"], self.parents))
        key = {"member": "id", "site": "home_site"}.get(field, field)
        return {member.get(key, "other")}


def ancestors(unit, parents):
    while unit is not None:
        yield unit
        unit = parents[unit]


def clock(text):
    return int(text[:2]) * 60 + int(text[3:])


def span(entry):
    start, end = clock(entry["from"]), clock(entry["to"])
    return start, end if end > start else end + 1440


def dates_between(first, last):
    day = datetime.date.fromisoformat(first)
    while day.isoformat() <= last:
        yield day
        day += datetime.timedelta(days=1)


def line_dates(line, stages):
    if "dates" in line:
        return [datetime.date.fromisoformat(day) for day in line["dates"]]
    planned = [day for stage in stages for day in dates_between(stage["from"], stage["to"])]
    first, last = line.get("from", stages[0]["from"]), line.get("to", stages[-1]["to"])
    return [day for day in planned if first <= day.isoformat() <= last
            and WEEKDAYS[day.weekday()] in line.get("weekdays", WEEKDAYS)
            and day.isoformat() not in line.get("except", ())]


Duty = collections.namedtuple("Duty", "post unit site day slot start end min target")


def expand(campaign):
    """All duties, standby sized by the no-show rate last."""
    slots = {slot["id"]: span(slot) for slot in campaign["slots"]}
    units = {post["id"]: post["unit"] for post in campaign["posts"]}
    duties = []
    for line in sorted(campaign["demand"], key=lambda line: "standby_for" in line):
        for day in line_dates(line, campaign["stages"]):
            for slot in line["slots"]:
                start, end = slots[slot]
                low, target = line.get("min", 0), line.get("target", line.get("min", 0))
                if "standby_for" in line:
                    served = sum(d.target for d in duties if d.post in line["standby_for"] and d.day == day
                                 and d.start < end and start < d.end)
                    low = target = -(-line["no_show_percent"] * served // 100)
                duties += [Duty(line["post"], units[line["post"]], site, day, slot, start, end, low, target)
                           for site in line["sites"]]
    return duties


def nominees(campaign, parents):
    """Who is left after every quota, from the leaves up."""
    left = [m for m in campaign["members"] if m.get("nominated")]
    depth = {unit: len(list(ancestors(unit, parents))) for unit in parents}
    for unit in sorted(campaign["units"], key=lambda u: -depth[u["id"]]):
        if unit.get("quota"):
            mine = [m for m in left if unit["id"] in ancestors(m["unit"], parents)]
            mine.sort(key=lambda m: (m.get("rank", 0) or 10 ** 9, m["id"]))
            dropped = {m["id"] for m in mine[unit["quota"]:]}
            left = [m for m in left if m["id"] not in dropped]
    return left


def is_free(member, day, start, end):
    """Whether [start, end) of that day lies in one window and in no absence."""
    available = member.get("available", {})
    windows = [w for w in available.get("dated", ()) if w["date"] == day.isoformat()]
    if not windows:
        windows = [w for w in available.get("weekly", ()) if w["weekday"] == WEEKDAYS[day.weekday()]]
    inside = any(low <= start and end <= high for low, high in map(span, windows))
    inside = inside or (not windows and "weekly" not in available)
    midnight = datetime.datetime.combine(day, datetime.time())
    low = (midnight + datetime.timedelta(minutes=start)).isoformat()[:16]
    high = (midnight + datetime.timedelta(minutes=end)).isoformat()[:16]
    return inside and not any(a["from"] < high and low < a["to"] for a in available.get("absences", ()))


def union_minutes(duties):
    """Minutes covered by the duties of one day, but no more than the longest few that a day allows."""
    covered, reach = 0, 0
    for duty in sorted(duties, key=lambda d: (d.start, d.end)):
        covered += max(0, duty.end - max(duty.start, reach))
        reach = max(reach, duty.end)
    longest = sorted((d.end - d.start for d in duties), reverse=True)[:DUTIES_A_DAY]
    return min(covered, sum(longest))


def week_limit(campaign, stage, member, parents):
    weekly = [rule for rule in campaign["rules"] if (rule["kind"], rule.get("window")) == ("minutes", "week")]
    limits = [rule["max"] for rule in weekly if stage in rule.get("stages", [stage])
              and Expression(rule.get("members", "anyone"), parents).test(member)]
    return min(limits, default=10 ** 6)


def summarise(campaign, out):
    parents = {unit["id"]: unit.get("parent") for unit in campaign["units"]}
    root = next(unit for unit, parent in parents.items() if parent is None)
    everything = expand(campaign)
    duties = [d for d in everything if d.unit == root]
    chosen = nominees(campaign, parents)
    tests = {post["id"]: Expression(post.get("eligible", "anyone"), parents).test
             for post in campaign["posts"]}
    eligible = {post: {m["id"] for m in chosen if test(m)} for post, test in tests.items()}
    out.write("%d members, %d nominated within the quotas\n" % (len(campaign["members"]), len(chosen)))
    out.write("%d duties with %d places, of the root unit %d with %d\n" % (
        len(everything), sum(d.target for d in everything), len(duties), sum(d.target for d in duties)))
    for stage in campaign["stages"]:
        summarise_stage(campaign, stage, duties, chosen, eligible, parents, out)


def summarise_stage(campaign, stage, duties, chosen, eligible, parents, out):
    capacity, total, scarce = 0, 0, collections.Counter()
    minutes_of = {m["id"]: collections.Counter() for m in chosen}
    out.write("%s\n  date        places  minutes  free people  free minutes\n" % stage["name"])
    for day in dates_between(stage["from"], stage["to"]):
        today = [d for d in duties if d.day == day]
        places, need = sum(d.target for d in today), sum(d.target * (d.end - d.start) for d in today)
        people, free = 0, 0
        possible = collections.Counter()
        for member in chosen:
            mine = [d for d in today
                    if member["id"] in eligible[d.post] and is_free(member, day, d.start, d.end)]
            possible.update(mine)
            people += bool(mine)
            free += union_minutes(mine)
            minutes_of[member["id"]][day.isocalendar()[1]] += union_minutes(mine)
        for duty in today:
            if possible[duty] < duty.min:
                scarce[duty.post] += duty.min - possible[duty]
        total += need
        out.write("  %s  %6d  %7d  %11d  %12d\n" % (day, places, need, people, free))
    for member in chosen:
        limit = week_limit(campaign, stage["id"], member, parents)
        capacity += sum(min(limit, value) for value in minutes_of[member["id"]].values())
    out.write("  used %d %% of %d minutes; eligible and free people missing: %s\n" % (
        100 * total // max(1, capacity), capacity, dict(scarce) or "none"))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        summarise(json.load(file), sys.stdout)
