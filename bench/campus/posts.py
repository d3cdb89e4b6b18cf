# SPDX-License-Identifier: GPL-3.0-or-later
"""The posts: five kinds of the campus office in every zone, dormitories and teaching rooms of every college."""

import dataclasses

from bench.campus import who
from bench.campus.people import college_id
from bench.campus.places import area

STAGES = ("prepare", "return", "steady")


@dataclasses.dataclass(frozen=True)
class Line:
    """What one post asks for: slots by stage, on working days alone or on all, and how it grows."""

    id: str
    name: str
    kind: str
    site_kind: str
    lives: bool  # in the area where people live
    eligible: who.Who
    lead: who.Who
    priority: int
    hardship: int
    load_percent: int
    slots: tuple  # by stage
    heads: tuple  # by stage, before scaling to the members' time
    workdays: bool
    weight: int  # sites, relative to those of other lines


TRUSTED = who.rating("conduct", 68) & (who.role("office", "teacher") | who.status("party", "probationary"))
STEADY_HANDS = who.role("teacher", "office") | who.status("party", "probationary")
WATCHES = ("morning", "afternoon", "evening")
PARTY = who.status("party")
MEMBERS = who.status("party", "probationary")

CAMPUS_LINES = (
    Line("watch", "值班值守岗（校门）", "duty-watch", "gate", False, TRUSTED, PARTY, 5, 2, 100,
         (WATCHES, WATCHES + ("noon",), WATCHES), (10, 20, 10), False, 2),
    Line("night", "值班值守岗（夜间）", "duty-watch", "gate", False, who.tag("night_ok"), PARTY, 6, 6, 50,
         (("night",),) * 3, (10, 20, 10), False, 1),
    Line("register", "报到服务岗", "registration", "checkin", False, who.rating("coordination", 68), PARTY, 6, 4, 100,
         ((), ("morning", "noon", "afternoon"), ()), (0, 50, 0), False, 4),
    Line("dorm-area", "楼栋管理岗（片区）", "dormitory", "dorm", True, STEADY_HANDS, None, 3, 3, 100,
         (("morning",), ("afternoon", "evening"), ("round",)), (15, 20, 15), False, 2),
    Line("canteen", "就餐秩序岗", "canteen", "canteen", True, who.role("student"), MEMBERS, 3, 2, 100,
         (("lunch",), ("lunch", "dinner"), ("breakfast", "lunch", "dinner")), (15, 20, 20), False, 2),
    Line("hall", "教学秩序岗（图书馆、自习中心）", "teaching", "library", False, who.rating("coordination", 62), None, 2, 1,
         100, (("afternoon",), (), ("class-am", "reading")), (10, 0, 15), True, 2),
)


def dorm_line(sex, word):
    eligible = who.tag(sex + "_dorm") if sex else who.ANYONE
    return Line("dorm" + ("-" + sex if sex else ""), "楼栋管理岗" + word, "dormitory", "dorm", True, eligible, None, 4, 2,
                100, (("afternoon",), ("morning", "afternoon"), ("round",)), (10, 15, 15), False, 2)


TEACHING_LINE = Line("rooms", "教学秩序岗", "teaching", "teaching", False, who.rating("conduct", 60), MEMBERS, 2, 1, 100,
                     (("morning",), ("evening",), ("class-am", "class-pm")), (10, 10, 20), True, 3)


def college_lines(size):
    """A small college has one dormitory for all; larger ones keep men's and women's apart."""
    if size.members < 200:
        return (dorm_line("", ""), TEACHING_LINE)
    return (dorm_line("male", "（男生）"), dorm_line("female", "（女生）"), TEACHING_LINE)


class Post:
    """One line at one place: a zone of the campus office, or a college."""

    def __init__(self, line, zone, college, size):
        self.line, self.zone, self.college = line, zone, college
        place = "z%d" % (zone + 1) if college is None else college_id(college)
        self.id = "%s-%s" % (line.id, place)
        self.eligible = line.eligible
        if college is None and size.zones > 1:
            self.eligible = line.eligible & who.zone(zone, area(zone, True), size.zones)
        self.sites = []

    @property
    def name(self):
        return "%s·%s" % (self.line.name, self.id.rsplit("-", 1)[1])

    def pool(self):
        """Who belongs to it at all: nominees for the office, a college's own for the college."""
        if self.college is None:
            return who.Who("tag = nominee", lambda m: m.rank > 0)
        return who.Who("tag = " + college_id(self.college), lambda m: m.college == self.college)

    def json(self, joint):
        line = self.line
        unit = "campus" if joint or self.college is None else college_id(self.college)
        eligible = self.eligible
        if joint:
            eligible = self.pool() if eligible is who.ANYONE else self.pool() & eligible
        data = {"id": self.id, "name": self.name, "kind": line.kind, "unit": unit}
        if eligible is not who.ANYONE:
            data["eligible"] = eligible.text
        data.update(priority=line.priority, hardship=line.hardship)
        if line.lead:
            data["lead"] = line.lead.text
        if line.load_percent != 100:
            data["load_percent"] = line.load_percent
        return data


def make_posts(size):
    office = [Post(line, zone, None, size) for zone in range(size.zones) for line in CAMPUS_LINES]
    colleges = [Post(line, college % size.zones, college, size)
                for college in range(size.colleges) for line in college_lines(size)]
    share_sites(office, size, size.duties * size.campus_percent // 100)
    share_sites(colleges, size, size.duties - size.duties * size.campus_percent // 100)
    return office + colleges


def share_sites(posts, size, duties):
    """The common factor of all weights that comes closest to the wanted number of duties."""
    per_site = [duties_of_site(post.line, size) for post in posts]

    def counts(factor):
        return [max(1, post.line.weight * factor // 64) for post in posts]

    def distance(factor):
        return abs(sum(n * each for n, each in zip(counts(factor), per_site)) - duties)

    factor = min(range(8, 64 * 40, 4), key=distance)
    for post, count in zip(posts, counts(factor)):
        post.sites = ["%s-%d" % (post.id, k + 1) for k in range(count)]


def duties_of_site(line, size):
    return sum(len(slots_on(line, day, size)) for day in range(size.days))


def slots_on(line, day, size):
    stage = size.stage_of(day)
    if line.workdays and day % 7 >= 5 and stage != "return":
        return ()
    return line.slots[STAGES.index(stage)]


def sites_json(posts, size):
    homes = [{"id": "home-" + area(zone, True), "name": "宿舍%d区" % (zone + 1), "kind": "home", "zone": area(zone, True)}
             for zone in range(size.zones)]
    return homes + [{"id": site, "name": "%s·%s" % (post.name, site.rsplit("-", 1)[1]), "kind": post.line.site_kind,
                     "zone": area(post.zone, post.line.lives)} for post in posts for site in post.sites]
