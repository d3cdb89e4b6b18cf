# SPDX-License-Identifier: GPL-3.0-or-later
"""One drawn campus, and its two campaigns written without ever standing in memory as a whole."""

import json

from bench.campus import demand, people, places, posts, rules
from bench.campus.dice import Dice
from bench.campus.size import date


class Campus:
    """People, posts, duties and wishes of one size and seed."""

    def __init__(self, size, seed):
        self.size, self.seed = size, seed
        self.people = people.draw_people(Dice(1_000_003 * seed + 1), size)
        self.posts = posts.make_posts(size)
        self.duties = demand.make_duties(Dice(1_000_003 * seed + 2), self.posts, self.people, size)
        dice = Dice(1_000_003 * seed + 3)
        self.requests = rules.draw_requests(dice, self.people, size)
        self.preferences = rules.draw_preferences(dice, self.people, size, self.posts)

    def facts(self):
        places_asked = sum(duty.target for duty in self.duties)
        return "%d members, %d days, %d duties, %d places, %d eligible pairs" % (
            len(self.people), self.size.days, len(self.duties), places_asked, self.pairs())

    def pairs(self):
        """(member, duty) with the member in the pool, eligible and free."""
        return sum(duty.eligible for duty in self.duties)

    def write(self, out, joint):
        lists = self.lists(joint)
        out.write('{\n"format": "pioneer-campaign",\n"version": 1,\n"name": %s' % text(self.name(joint)))
        for key, items in lists:
            out.write(',\n"%s": [' % key)
            for i, item in enumerate(items):
                out.write((",\n  " if i else "\n  ") + text(item))
            out.write("\n]")
        out.write("\n}\n")

    def name(self, joint):
        return "校园%d人·%s·种子%d" % (self.size.members, "联合" if joint else "分阶段", self.seed)

    def lists(self, joint):
        size = self.size
        return [
            ("units", self.units_json(joint)),
            ("members", (people.member_json(m, size, joint) for m in self.people)),
            ("sites", posts.sites_json(self.posts, size)),
            ("walks", places.walks_json(size.zones)),
            ("slots", places.slots_json()),
            ("stages", self.stages_json(joint)),
            ("posts", (post.json(joint) for post in self.posts)),
            ("demand", demand.demand_json(self.duties)),
            *([("levels", [{"id": rules.JOINT_LEVEL}])] if joint else []),
            ("rules", rules.joint_rules(size) if joint else rules.staged_rules(size, self.posts)),
            ("requests", self.requests),
            ("preferences", self.preferences),
        ]

    def units_json(self, joint):
        units = [{"id": "campus", "name": "沙溪学院"}]
        for college in range(0 if joint else self.size.colleges):
            ident = people.college_id(college)
            units.append({"id": ident, "name": "第%d学院" % (college + 1), "parent": "campus"})
            units += [{"id": "%s-%s" % (ident, branch), "parent": ident} for branch in ("staff", "s1", "s2", "s3")]
        return units

    def stages_json(self, joint):
        if joint:
            return [{"id": "all", "from": date(0), "to": date(self.size.days - 1)}]
        return [{"id": ident, "name": name, "from": date(first), "to": date(end - 1)}
                for ident, name, first, end in self.size.stages()]


def text(value):
    return json.dumps(value, ensure_ascii=False)
