# SPDX-License-Identifier: GPL-3.0-or-later
"""The duties, and how many heads each can ask for without asking for the impossible.

A gap between value and bound says little when most of the value is a shortage that nobody could avoid. So the
demand of every pool and week is scaled to its members' time, no duty asks for more than half of those who could take
it, and no moment asks for more than three in five of those who are free then.
"""

import collections

from bench.campus.people import RELEASED
from bench.campus.places import SLOTS, SPAN
from bench.campus.posts import STAGES, slots_on
from bench.campus.size import date
from bench.campus.who import bits

OFFICE_SHARE = 65  # percent of the nominees' time that the campus office may ask for
COLLEGE_SHARE = 80  # percent of what is left to a college
TICK_MIN = 30

Duty = collections.namedtuple("Duty", "post site slot day min target max eligible")


class Supply:
    """Who is free when, as sets of members."""

    def __init__(self, people, size):
        self.people, self.size = people, size
        self.everybody = (1 << len(people)) - 1
        self.weekly = [{slot: bits(people, lambda m: covers(m.windows, weekday, SPAN[slot])) for slot, *_ in SLOTS}
                       for weekday in range(7)]
        self.released = bits(people, lambda m: m.released)
        self.away = [bits(people, lambda m: any(first <= day < end for first, end, _ in m.away))
                     for day in range(size.days + 1)]

    def free(self, day, slot):
        """Free for the whole slot; a night needs the morning after, too."""
        mask = self.weekly[day % 7][slot]
        if self.size.stage_of(day) == "return":
            inside = RELEASED[0] <= SPAN[slot][0] and SPAN[slot][1] <= RELEASED[1]
            mask = mask | self.released if inside else mask & ~self.released
        gone = self.away[day] | (self.away[day + 1] if SPAN[slot][1] > 1440 else 0)
        return mask & self.everybody & ~gone


def covers(windows, weekday, span):
    return any(day == weekday and start <= span[0] and span[1] <= end for day, start, end in windows)


class Moments:
    """How many of a pool's free members are still unasked at every half hour of a day."""

    def __init__(self, pool, day, supply):
        self.left = {}
        for slot, *_ in SLOTS:
            free = pool & supply.free(day, slot)
            for tick in ticks(slot):
                self.left[tick] = self.left.get(tick, 0) | free
        self.left = {tick: 3 * mask.bit_count() // 5 for tick, mask in self.left.items()}

    def ask(self, slot, heads):
        """What of `heads` is granted: at least one, for a duty that asks for nobody is none."""
        granted = max(1, min([heads] + [self.left[tick] for tick in ticks(slot)]))
        for tick in ticks(slot):
            self.left[tick] -= granted
        return granted


def ticks(slot):
    return range(SPAN[slot][0] // TICK_MIN, SPAN[slot][1] // TICK_MIN)


def make_duties(dice, posts, people, size):
    supply = Supply(people, size)
    limits = [m.week_limit(size.week_minutes) for m in people]
    duties = []
    for college in [None, *range(size.colleges)]:
        mine = [post for post in posts if post.college == college]
        pool = bits(people, mine[0].pool().test)
        duties += pool_duties(dice, mine, pool, supply, budget_of(people, limits, college))
    return duties


def budget_of(people, limits, college):
    """Minutes a week that one owner of posts may ask of its pool."""
    if college is None:
        return sum(limit for m, limit in zip(people, limits) if m.rank) * OFFICE_SHARE // 100
    left = sum(limit * (100 - OFFICE_SHARE if m.rank else 100) // 100
               for m, limit in zip(people, limits) if m.college == college)
    return left * COLLEGE_SHARE // 100


def pool_duties(dice, posts, pool, supply, budget):
    size = supply.size
    masks = {post.id: pool & bits(supply.people, post.eligible.test) for post in posts}
    duties = []
    for week in range(size.days // 7 + (size.days % 7 > 0)):
        days = range(7 * week, min(size.days, 7 * week + 7))
        scale = week_scale(posts, days, size, budget * len(days) // 7)
        for day in days:
            moments = Moments(pool, day, supply)
            for post in posts:
                duties += post_duties(dice, post, day, masks[post.id], supply, moments, scale)
    return duties


def week_scale(posts, days, size, budget):
    """Percent by which heads (in tenths) grow or shrink for a week's demand to meet the budget; at most threefold."""
    minutes = sum(post.line.heads[STAGES.index(size.stage_of(day))] * len(post.sites) * (SPAN[slot][1] - SPAN[slot][0])
                  for post in posts for day in days for slot in slots_on(post.line, day, size))
    return min(300, 1000 * budget // max(1, minutes))


def post_duties(dice, post, day, eligible, supply, moments, scale):
    duties = []
    tenths = post.line.heads[STAGES.index(supply.size.stage_of(day))]
    for slot in slots_on(post.line, day, supply.size):
        count = (eligible & supply.free(day, slot)).bit_count()
        if count == 0:
            continue
        for site in post.sites:
            wanted = max(1, dice.rounded(tenths * scale, 1000))
            target = moments.ask(slot, min(wanted, max(1, count // 2)))
            duties.append(Duty(post, site, slot, day, max(1, 2 * target // 3), target, target + (target >= 3), count))
    return duties


def demand_json(duties):
    """Duties of one post and slot with equal heads in one line a day."""
    groups = {}
    for duty in duties:
        key = (duty.post.id, duty.slot, duty.day, duty.min, duty.target, duty.max)
        groups.setdefault(key, []).append(duty.site)
    for (post, slot, day, low, target, high), sites in groups.items():
        yield {"post": post, "sites": sites, "slots": [slot], "dates": [date(day)], "min": low, "target": target,
               "max": high}
