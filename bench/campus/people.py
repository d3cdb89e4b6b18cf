# SPDX-License-Identifier: GPL-3.0-or-later
"""The members: who they are, when they are free, whom their unit nominates."""

from bench.campus.places import BLOCK_MIN, BLOCKS, FIRST_BLOCK_AT, SPAN, WEEKDAYS, area, clock
from bench.campus.size import date

SURNAMES = list("陈林黄张吴李王郑刘杨蔡曾许叶邱罗谢邓江游廖何周赖徐苏魏余卢朱赵洪胡高钟肖郭范傅姜") + ["上官", "欧阳"]
GIVEN = "志文晓建小丽国海明雅永佳俊春玉思嘉子梓雨宇浩欣若美秀宏振泽庆强华芳敏静磊洋艳勇杰娟涛超霞平刚英辉"

STATUSES = ("party", "probationary", "prospect", "activist")
STATUS_SHARES = {  # per hundred
    "office": (85, 5, 4, 6),
    "teacher": (80, 7, 5, 8),
    "student": (28, 27, 17, 28),
}
FREE_BLOCKS = (20, 33)  # of 56 a week: 35.7 to 58.9 percent
NIGHT = SPAN["night"]
RELEASED = (FIRST_BLOCK_AT, FIRST_BLOCK_AT + BLOCKS * BLOCK_MIN)


class Member:
    """One person; `windows` are (weekday, first minute, end), `away` spans of days."""

    __slots__ = ("id", "name", "college", "branch", "role", "status", "tags", "ratings", "windows", "released", "away",
                 "score", "rank")

    def week_limit(self, student_minutes):
        """Staff serve an hour more than students; who has agreed to nights serves one more night."""
        return student_minutes + 60 * (self.role != "student") + 480 * ("night_ok" in self.tags)


def draw_status(dice, role):
    roll = dice.below(100)
    for status, share in zip(STATUSES, STATUS_SHARES[role]):
        if roll < share:
            return status
        roll -= share
    return STATUSES[-1]


def draw_tags(dice, role):
    tags = [dice.pick(("male_dorm", "female_dorm"))]
    for tag, percent in (("newcomer", 25 if role == "student" else 8), ("night_ok", 12)):
        if dice.chance(percent):
            tags.append(tag)
    return tags


def draw_free_blocks(dice):
    """20 to 33 of the week's 56 blocks, in runs of two to four; weekends twice as often as working days."""
    wanted = dice.between(FREE_BLOCKS[0], FREE_BLOCKS[1])
    free = set()
    while len(free) < wanted:
        day = (0, 1, 2, 3, 4, 5, 6, 5, 6)[dice.below(9)]
        start = dice.below(BLOCKS)
        for block in range(start, min(BLOCKS, start + dice.between(2, 4))):
            if len(free) < wanted:
                free.add(day * BLOCKS + block)
    return sorted(free)


def windows_of(blocks):
    """Blocks as (weekday, first minute, end), neighbours of one day as one window."""
    windows = []
    for block in blocks:
        day, start = block // BLOCKS, FIRST_BLOCK_AT + block % BLOCKS * BLOCK_MIN
        if windows and windows[-1][0] == day and windows[-1][2] == start:
            windows[-1] = (day, windows[-1][1], start + BLOCK_MIN)
        else:
            windows.append((day, start, start + BLOCK_MIN))
    return windows


def draw_nights(dice):
    return [(day, *NIGHT) for day in range(7) if dice.chance(57)]


def draw_away(dice, days):
    """Sick leave, or a quarantine at the start."""
    away = []
    if dice.chance(3):
        away.append((0, dice.between(1, 4), "居家观察"))
    if dice.chance(7):
        first = dice.between(4, max(4, days - 1))
        away.append((first, first + dice.between(1, 4), "病假"))
    return away


def draw_member(dice, number, college, role, days):
    member = Member()
    member.role, member.college = role, college
    member.id = "%s%05d" % ("s" if role == "student" else "t", number)
    member.name = dice.pick(SURNAMES) + dice.pick(GIVEN) + dice.pick(GIVEN)
    member.branch = dice.below(3)
    member.status = draw_status(dice, role)
    member.tags = draw_tags(dice, role)
    base = 50 if role == "student" else 60
    member.ratings = {name: min(100, base + dice.below(25) + dice.below(20)) for name in ("coordination", "conduct")}
    member.windows = windows_of(draw_free_blocks(dice))
    if "night_ok" in member.tags:
        member.windows = sorted(member.windows + draw_nights(dice))
    member.released = role != "student" and dice.chance(40)
    member.away = draw_away(dice, days)
    member.score = sum(member.ratings.values()) - 12 * STATUSES.index(member.status) + dice.below(40)
    member.rank = 0
    return member


def draw_people(dice, size):
    """Seven in ten are students, two teach, one works in an office."""
    roles = ("student",) * 7 + ("teacher",) * 2 + ("office",)
    people = [draw_member(dice, number + 1, number % size.colleges, roles[number // size.colleges % 10], size.days)
              for number in range(size.members)]
    nominate(people, size)
    return people


def nominate(people, size):
    """Each college ranks its best, role by role, so that no kind of post is left without nominees."""
    for college in range(size.colleges):
        mine = sorted((m for m in people if m.college == college), key=lambda m: (-m.score, m.id))
        chosen = []
        for role in ("student", "teacher", "office"):
            of_role = [m for m in mine if m.role == role]
            chosen += of_role[:-(-len(of_role) * size.nominee_percent // 100)]
        for rank, member in enumerate(sorted(chosen, key=lambda m: (-m.score, m.id)), 1):
            member.rank = rank


def available_json(member, size):
    available = {"weekly": [{"weekday": WEEKDAYS[day], "from": clock(start), "to": clock(end)}
                            for day, start, end in member.windows]}
    if member.released:
        _, _, first, end = size.stages()[1]
        available["dated"] = [{"date": date(day), "from": clock(RELEASED[0]), "to": clock(RELEASED[1])}
                              for day in range(first, end)]
    if member.away:
        available["absences"] = [{"from": date(first) + "T00:00", "to": date(end) + "T00:00", "reason": why}
                                 for first, end, why in member.away]
    return available


def home_of(member, size):
    return "home-%s" % area(member.college % size.zones, True)


def college_id(college):
    return "c%02d" % (college + 1)


def branch_id(member):
    branch = "staff" if member.role != "student" else "s%d" % (member.branch + 1)
    return college_id(member.college) + "-" + branch


def member_json(member, size, joint):
    """In the joint variant tags say what the organisation says in the staged one, and everybody is nominated."""
    data = {"id": member.id, "name": member.name, "unit": "campus" if joint else branch_id(member),
            "status": member.status, "role": member.role, "tags": list(member.tags), "ratings": member.ratings,
            "home_site": home_of(member, size)}
    if joint:
        data["tags"] += [college_id(member.college)] + ["nominee"] * (member.rank > 0)
        data["nominated"] = True
    elif member.rank:
        data["nominated"], data["rank"] = True, member.rank
    data["available"] = available_json(member, size)
    return data
